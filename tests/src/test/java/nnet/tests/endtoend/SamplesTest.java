package nnet.tests.endtoend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import nnet.tests.place.Repository;
import nnet.tests.place.Workplace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Every sample reaches what it claims.
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class SamplesTest {

    @TempDir
    Path folder;

    @Test
    void xorIsLearnt() throws Exception {
        Report report = train("samples/xor/xor.nnet", "");
        assertEquals(1, report.number("train.binary_accuracy"));
        assertTrue(report.number("train.loss") < 0.1, () -> report.toString());
    }

    @Test
    void opticalDigitsAreRecognisedAndOneOrTwoThreadsLearnTheSame() throws Exception {
        Report report = train("samples/optdigits/optdigits.nnet", "--threads 1");
        assertTrue(report.number("test.accuracy") >= 0.96, () -> report.toString());
        byte[] one = weights("OptDigits");
        train("samples/optdigits/optdigits.nnet", "--threads 2");
        assertArrayEquals(one, weights("OptDigits"));
    }

    @Test
    void theLineIsRecovered() throws Exception {
        Report report = train("samples/linear/linear.nnet", "");
        // The points scatter by 0.1 around the line, so half the mean squared error cannot get below 0.005 by much, and is near it at the least squares line.
        assertTrue(report.number("train.loss") < 0.006, () -> report.toString());
    }

    @Test
    void irisesAreToldApartThatWereNotSeen() throws Exception {
        var outcome = workplace().run("./nnc train samples/iris/iris.nnet --folds 5");
        assertEquals(0, outcome.status(), outcome.output());
        String mean = outcome.output().lines().filter(line -> line.startsWith("validation ")).findFirst().orElseThrow();
        assertTrue(Double.parseDouble(mean.substring(mean.lastIndexOf(' ')).strip()) >= 0.95, mean);
    }

    @Test
    void incomesArePredictedFromRawValuesAsTheyWereCounted() throws Exception {
        Report report = train("samples/adult/adult.nnet", "");
        double accuracy = report.number("test.accuracy");
        assertTrue(accuracy >= 0.85, () -> report.toString());
        String rows = "samples/adult/adult-test.csv.gz";
        var outcome = workplace().run("./nnc predict samples/adult/adult.nnet " + rows + " -w out/Adult.safetensors 2>/dev/null");
        List<String> predicted = outcome.output().lines().skip(1).map(line -> line.substring(0, line.indexOf(','))).toList();
        List<String> known = income(workplace().folder().resolve(rows));
        assertEquals(known.size(), predicted.size());
        long right = IntStream.range(0, known.size()).filter(i -> known.get(i).equals(predicted.get(i))).count();
        assertEquals(accuracy, (double) right / known.size(), 1e-6);
    }

    /// The last column of each row, as `adult.nnet` names it.
    private static List<String> income(Path file) throws IOException {
        return lines(file).stream().filter(line -> !line.isBlank()).map(line -> line.contains(">50K") ? "high" : "low").toList();
    }

    private static List<String> lines(Path file) throws IOException {
        try (var text = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    @Test
    void theOneIsCarried() throws Exception {
        Report report = train("samples/adder/adder.nnet", "");
        assertEquals(1, report.number("test.binary_accuracy"), () -> report.toString());
    }

    @Test
    void oneLookAtEachDigitIsEnoughForMost() throws Exception {
        Report report = train("samples/lenet/lenet.nnet", "--set epochs=1");
        assertTrue(report.number("test.accuracy") > 0.93, () -> report.toString());
    }

    @Test
    void passengersAreForecastBetterThanByAnybody() throws Exception {
        Report report = train("samples/series/passengers.nnet", "--set epochs=100");
        assertTrue(report.number("test.rmse") < 0.75 * report.number("test.naive_rmse"), () -> report.toString());
        assertTrue(report.number("test.rmse") < 0.75 * report.number("test.seasonal_rmse"), () -> report.toString());
    }

    /// An even guess has the loss log 2 = 0.693.
    @Test
    void walksOfAnyLengthAreLearnt() throws Exception {
        Report report = train("samples/indoor/indoor.nnet", "--set epochs=12");
        assertTrue(report.number("train.loss") < 0.64, () -> report.toString());
    }

    /// What is written token by token is right as often as each next token of the right texts.
    @Test
    void datesAreWrittenAsOftenWithoutAMistakeAsTheMetricSays() throws Exception {
        List<String> rows = lines(workplace().folder().resolve("samples/dates/dates.tsv.gz")).subList(0, 301);
        workplace().write("samples/dates/some.tsv", String.join("\n", rows));
        Report report = train("samples/dates/dates.nnet",
                "--set epochs=5 --set 'test=pairs(\"some.tsv\", from: \"written\", to: \"iso\", tokens: characters)'");
        assertTrue(report.number("test.token_accuracy") > 0.9, () -> report.toString());
        var outcome = workplace()
                .run("./nnc predict samples/dates/dates.nnet samples/dates/some.tsv -w out/Dates.safetensors 2>/dev/null");
        List<String> written = outcome.output().lines().toList();
        assertEquals(rows.size(), written.size());
        long right = IntStream.range(1, rows.size()).filter(i -> rows.get(i).endsWith("\t" + written.get(i))).count();
        assertEquals(report.number("test.sequence_accuracy"), right / 300.0, 1e-6);
    }

    @Test
    void lettersThatRepeatAreLearnt() throws Exception {
        workplace().write("corpus.txt", "abcdefghijklmnopqrstuvwxyz\n".repeat(80));
        Report report = train("samples/letters/letters.nnet", "--set 'corpus=\"" + workplace().folder().resolve("corpus.txt")
                + "\"' --set 'optimizer=Adam(rate: 3e-3)' --set epochs=16");
        assertTrue(report.number("validation.loss") < 0.7, () -> report.toString());
    }

    @Test
    void opinionsAreLearntWhereTheReviewsAre() throws Exception {
        Path reviews = Repository.data("text/review_polarity.tar.gz");
        assumeTrue(Files.exists(reviews), "there are no film reviews to learn from: " + reviews);
        Report report = train("samples/opinions/opinions.nnet", "--set 'reviews=\"" + reviews + "\"' --set epochs=1");
        // An even guess has the loss log 2 = 0.693.
        assertTrue(report.number("train.loss") < 0.66, () -> report.toString());
    }

    private Report train(String sample, String options) throws IOException, InterruptedException {
        Workplace workplace = workplace();
        var outcome = workplace.run("./nnc train " + sample + " -o out " + options);
        assertEquals(0, outcome.status(), outcome.output());
        return Report.read(workplace.folder().resolve("out/run.json"));
    }

    private byte[] weights(String name) throws IOException {
        return Files.readAllBytes(workplace().folder().resolve("out/" + name + ".safetensors"));
    }

    private Workplace workplace() throws IOException {
        Path place = folder.resolve("clone");
        return Files.exists(place) ? new Workplace(place) : Workplace.create(place);
    }
}
