package nnet.tests.emitted;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// The length of each method's code, straight from the class file (JVM specification, section 4): no library tells it without writing the class anew.
final class CodeSizes {
    private final DataInputStream in;
    private final Map<Integer, String> texts = new LinkedHashMap<>();

    private CodeSizes(byte[] bytes) {
        this.in = new DataInputStream(new ByteArrayInputStream(bytes));
    }

    /// Bytes of code by method name and descriptor.
    static Map<String, Integer> of(byte[] bytes) {
        try {
            return new CodeSizes(bytes).read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Integer> read() throws IOException {
        // magic, minor and major version
        in.skipNBytes(8);
        constants();
        // access flags, this class, super class
        in.skipNBytes(6);
        in.skipNBytes(2L * in.readUnsignedShort());
        members();
        return members();
    }

    private void constants() throws IOException {
        int count = in.readUnsignedShort();
        for (int i = 1; i < count; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> texts.put(i, in.readUTF());
                case 7, 8, 16, 19, 20 -> in.skipNBytes(2);
                case 15 -> in.skipNBytes(3);
                case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
                case 5, 6 -> {
                    in.skipNBytes(8);
                    // A long or double takes two places.
                    i++;
                }
                default -> throw new IOException("constant tag " + tag);
            }
        }
    }

    /// Fields or methods: both have the same form, and only methods have code.
    private Map<String, Integer> members() throws IOException {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        int count = in.readUnsignedShort();
        for (int i = 0; i < count; i++) {
            in.skipNBytes(2);
            String name = texts.get(in.readUnsignedShort()) + texts.get(in.readUnsignedShort());
            int attributes = in.readUnsignedShort();
            for (int j = 0; j < attributes; j++) {
                String attribute = texts.get(in.readUnsignedShort());
                int length = in.readInt();
                if (attribute.equals("Code")) {
                    // maximal stack and locals come before the length of the code
                    in.skipNBytes(4);
                    sizes.put(name, in.readInt());
                    in.skipNBytes(length - 8);
                } else {
                    in.skipNBytes(length);
                }
            }
        }
        return sizes;
    }
}
