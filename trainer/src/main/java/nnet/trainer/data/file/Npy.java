package nnet.trainer.data.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import nnet.trainer.data.DataException;
import nnet.trainer.data.file.NumberBlock.Format;

/// The formats of NumPy: `.npy` holds one array, `.npz` is a zip of them. See "numpy.lib.format", versions 1 to 3.
public final class Npy {

    private static final int MAX_HEADER = 1 << 16;
    private static final int MAX_AXES = 32;
    private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([<>|=])([a-z]\\d+)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([\\d,\\s]*)\\)");

    private Npy() {
    }

    /// An array in a file of its own.
    ///
    /// @throws DataException if it is not in this format, or damaged
    public static NumberBlock read(Path file) {
        try (InputStream in = DataFile.open(file)) {
            return read(in, file);
        } catch (IOException problem) {
            throw DataFile.unreadable(file, problem);
        }
    }

    /// An array of a `.npz` file.
    ///
    /// @throws DataException if the file is not in this format, damaged, or has no array of that name
    public static NumberBlock read(Path file, String array) {
        Path place = Path.of(file + ": " + array);
        try (ZipFile zip = zip(file)) {
            ZipEntry entry = zip.getEntry(array + ".npy");
            if (entry == null) {
                throw DataException.in(file, "has no array \"" + array + "\"", "its arrays are " + String.join(", ", names(zip)));
            }
            try (InputStream in = zip.getInputStream(entry)) {
                return read(in, place);
            }
        } catch (IOException problem) {
            throw DataFile.unreadable(file, problem);
        }
    }

    /// The names of the arrays of a `.npz` file.
    public static List<String> names(Path file) {
        try (ZipFile zip = zip(file)) {
            return names(zip);
        } catch (IOException problem) {
            throw DataFile.unreadable(file, problem);
        }
    }

    private static ZipFile zip(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw DataException.in(file, "there is no such file", "paths in a recipe are relative to the .nnet file");
        }
        return new ZipFile(file.toFile());
    }

    private static List<String> names(ZipFile zip) {
        return zip.stream().map(ZipEntry::getName).filter(name -> name.endsWith(".npy")).map(name -> name.substring(0, name.length() - 4))
                .toList();
    }

    private static NumberBlock read(InputStream in, Path place) throws IOException {
        byte[] head = in.readNBytes(8);
        if (head.length < 8 || !new String(head, 0, 6, StandardCharsets.ISO_8859_1).equals("\u0093NUMPY") || head[6] < 1 || head[6] > 3) {
            throw DataException.in(place, "is not an array of NumPy: it does not begin with \\x93NUMPY and a version from 1 to 3", "");
        }
        String header = new String(DataFile.bytes(in, headerLength(in, head[6], place), place), StandardCharsets.ISO_8859_1);
        if (find(ORDER, header, place).group(1).equals("True")) {
            throw DataException.in(place, "holds its numbers column by column", "write it with numpy.ascontiguousarray(...)");
        }
        Matcher type = find(TYPE, header, place);
        Format format = format(type.group(2), place);
        List<Integer> shape = shape(find(SHAPE, header, place).group(1), place);
        byte[] data = DataFile.bytes(in, (long) DataFile.count(shape, place) * format.bytes(), place);
        DataFile.end(in, place);
        boolean isBig = type.group(1).equals(">") || type.group(1).equals("=") && ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN;
        return new NumberBlock(place, shape, format.read(data, isBig ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN, place));
    }

    private static int headerLength(InputStream in, byte version, Path place) throws IOException {
        byte[] bytes = DataFile.bytes(in, version == 1 ? 2 : 4, place);
        long length = 0;
        for (int i = bytes.length - 1; i >= 0; i--) {
            length = length << 8 | bytes[i] & 0xFF;
        }
        if (length > MAX_HEADER) {
            throw DataException.in(place, "says that its header has " + length + " bytes, which is too many", "");
        }
        return (int) length;
    }

    private static Matcher find(Pattern pattern, String header, Path place) {
        Matcher found = pattern.matcher(header);
        if (!found.find()) {
            throw DataException.in(place, "has the header " + header.strip() + ", which is not that of an array of plain numbers", "");
        }
        return found;
    }

    private static Format format(String type, Path place) {
        return switch (type) {
            case "u1", "b1" -> Format.U8;
            case "i1" -> Format.I8;
            case "u2" -> Format.U16;
            case "i2" -> Format.I16;
            case "i4" -> Format.I32;
            case "i8" -> Format.I64;
            case "f2" -> Format.F16;
            case "f4" -> Format.F32;
            case "f8" -> Format.F64;
            default -> throw DataException.in(place, "holds numbers of type " + type + ", which cannot be read",
                    "write them as float32, int32 or uint8");
        };
    }

    private static List<Integer> shape(String text, Path place) {
        List<Integer> shape = new ArrayList<>();
        for (String each : text.split(",")) {
            if (!each.isBlank()) {
                if (each.strip().length() > 9 || shape.size() == MAX_AXES) {
                    throw DataException.in(place, "says that its shape is (" + text + "), which is too large", "");
                }
                shape.add(Integer.parseInt(each.strip()));
            }
        }
        return shape;
    }
}
