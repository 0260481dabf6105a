package nnet.trainer.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import nnet.trainer.data.file.DataFile;
import nnet.trainer.data.file.Picture;

/// `images("folder")`: a folder for each class, which is the label, with the images of that class. Pixels are 0 to 1; whether grey or colour is read, the shape of
/// the input says.
public record ImageSource(Path folder, Optional<Normalizer.Kind> normalization) implements DataSource {

    /// Images of a data set are kept in memory as bytes, in one array.
    private static final long LARGEST = Integer.MAX_VALUE - 16;

    @Override
    public List<Path> files() {
        List<Path> files = new ArrayList<>();
        classes().forEach(each -> files.addAll(images(each)));
        return files;
    }

    @Override
    public Material open(List<Port> inputs, List<Port> targets, Encoding known) {
        Port input = input(inputs);
        if (targets.size() != 1 || !targets.getFirst().isCategory() || !targets.getFirst().shape().isEmpty()) {
            throw DataException.in(folder, "images in folders have one label each, but the network learns "
                    + String.join(", ", targets.stream().map(Port::type).toList()), "its output must be category(k)");
        }
        List<Path> classes = classes();
        Labels labels = labels(classes, targets.getFirst(), known);
        List<Path> files = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        for (Path each : classes) {
            int number = labels.texts().indexOf(each.getFileName().toString());
            if (number < 0) {
                throw DataException.in(each, "is a class that is not known", "known are " + String.join(", ", labels.texts()));
            }
            for (Path file : images(each)) {
                files.add(file);
                numbers.add(number);
            }
        }
        Values answers = new Values.Integers(targets.getFirst(), numbers.stream().mapToInt(Integer::intValue).toArray());
        Dataset all = Dataset.of(List.of(pixels(files, input)), List.of(answers), files.size());
        String note = folder.getFileName() + ": " + files.size() + " images of " + classes.size() + " classes";
        return new Labelled(new WholeMaterial(all, normalization, note), Map.of(targets.getFirst().name(), labels));
    }

    /// A folder of images (and of folders of them), or one image.
    @Override
    public Questions questions(Path file, List<Port> inputs, List<Port> targets, Encoding known) {
        Port input = input(inputs);
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(file)) {
            files.addAll(images(file));
            entries(file).stream().filter(Files::isDirectory).forEach(each -> files.addAll(images(each)));
        } else {
            files.add(file);
        }
        if (files.isEmpty()) {
            throw DataException.in(file, "holds no images", "PNG and JPEG files are taken");
        }
        List<String> names = files.stream()
                .map(each -> Files.isDirectory(file) ? file.relativize(each).toString() : each.getFileName().toString()).toList();
        return new Questions(known.normalize(Dataset.of(List.of(pixels(files, input)), List.of(), files.size())), names);
    }

    private Port input(List<Port> inputs) {
        Port input = inputs.getFirst();
        boolean isImage = input.shape().size() == 2 || input.shape().size() == 3 && List.of(1, 3).contains(input.shape().getFirst());
        if (inputs.size() != 1 || input.kind() != Port.Kind.REAL || !isImage) {
            throw DataException.in(folder,
                    "gives images, but the network takes " + String.join(", ", inputs.stream().map(Port::type).toList()),
                    "its input must be [1, height, width] for grey or [3, height, width] for colour");
        }
        return input;
    }

    /// The labels are the names of the folders, in sorted order.
    private Labels labels(List<Path> classes, Port target, Encoding known) {
        Labels labels = known.labels().get(target.name());
        if (labels != null) {
            return labels;
        }
        if (classes.size() > target.categories()) {
            throw DataException.in(folder, "holds " + classes.size() + " classes, but `" + target.title() + "` is " + target.type(),
                    "the classes are " + String.join(", ", classes.stream().limit(8).map(each -> each.getFileName().toString()).toList()));
        }
        return new Labels(classes.stream().map(each -> each.getFileName().toString()).toList());
    }

    private static Values pixels(List<Path> files, Port input) {
        int channels = input.shape().size() == 2 ? 1 : input.shape().getFirst();
        int height = input.shape().get(input.shape().size() - 2);
        int width = input.shape().getLast();
        long bytes = (long) files.size() * input.size();
        if (bytes > LARGEST) {
            throw DataException.in(files.getFirst().getParent(),
                    "its " + files.size() + " images take " + bytes + " bytes, more than 2 GiB", "");
        }
        byte[] all = new byte[(int) bytes];
        for (int i = 0; i < files.size(); i++) {
            Picture picture = Picture.read(files.get(i), channels);
            if (picture.height() != height || picture.width() != width) {
                throw DataException.in(files.get(i), "is " + picture.height() + " pixels high and " + picture.width() + " wide, but `"
                        + input.title() + "` is " + input.type(), "all images must have the size that the network takes");
            }
            System.arraycopy(picture.pixels(), 0, all, i * input.size(), input.size());
        }
        return new Values.Pixels(input, all);
    }

    private List<Path> classes() {
        List<Path> classes = entries(folder).stream().filter(Files::isDirectory).toList();
        if (classes.stream().allMatch(each -> images(each).isEmpty())) {
            throw DataException.in(folder, "holds no folders with images", "it must have a folder for each class, with PNG or JPEG files");
        }
        for (Path each : classes) {
            if (images(each).isEmpty()) {
                throw DataException.in(each, "is a class without images",
                        "PNG and JPEG files are taken; remove the folder if it is no class");
            }
        }
        List<Path> stray = images(folder);
        if (!stray.isEmpty()) {
            throw DataException.in(stray.getFirst(), "lies beside the folders of the classes", "an image lies in the folder of its class");
        }
        return classes;
    }

    private static List<Path> images(Path folder) {
        return entries(folder).stream().filter(Files::isRegularFile)
                .filter(file -> file.getFileName().toString().toLowerCase(Locale.ROOT).matches(".*\\.(png|jpe?g|gif|bmp)")).toList();
    }

    /// What is in a folder, sorted, so that the order does not depend on the machine.
    private static List<Path> entries(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw DataException.in(folder, "there is no such folder", "paths in a recipe are relative to the .nnet file");
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(each -> !each.getFileName().toString().startsWith("."))
                    .sorted(Comparator.comparing(each -> each.getFileName().toString())).toList();
        } catch (IOException problem) {
            throw DataFile.unreadable(folder, problem);
        }
    }
}
