package nnet.embed.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTrainingTest {

    private static final String LINE = "network %1$s(x: [1]) -> [1] { x -> Dense(1) }\n";
    private static final String RECIPE = "train %1$s { data = csv(\"line.csv\"); loss = mean_squared_error; optimizer = SGD(0.1); epochs = 2 }\n";

    @TempDir
    Path folder;

    private FolderTraining.Outcome train(String source) throws IOException {
        Path sources = Files.createDirectories(folder.resolve("src"));
        Files.writeString(sources.resolve("line.csv"), "1,2\n2,4\n3,6\n");
        Files.writeString(sources.resolve("lines.nnet"), source);
        Folders folders = new Folders(sources, folder.resolve("classes"), Optional.empty(), folder.resolve("record"), List.of());
        return FolderTraining.run(folders, folder.resolve("trainings"));
    }

    private boolean has(String name) {
        return Files.exists(folder.resolve("classes").resolve(name + ".safetensors"));
    }

    @Test
    void everyNetworkOfASourceThatHasARecipeIsTrainedOnce() throws IOException {
        String source = (LINE + RECIPE).formatted("One") + (LINE + RECIPE).formatted("Two") + LINE.formatted("Three");
        assertEquals(List.of("One", "Two"), train(source).trained().stream().map(FolderTraining.Trained::network).toList());
        assertTrue(has("One") && has("Two") && !has("Three"));
        assertTrue(train(source).trained().stream().allMatch(again -> again.scores().isEmpty()), "the weights come from the cache");
    }

    @Test
    void weightsOfANetworkThatIsGoneFromItsSourceDisappear() throws IOException {
        train((LINE + RECIPE).formatted("One") + (LINE + RECIPE).formatted("Two"));
        train((LINE + RECIPE).formatted("One"));
        assertTrue(has("One"));
        assertFalse(has("Two"));
    }
}
