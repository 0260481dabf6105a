package demo;

/** Prints what the network makes of its two arguments. */
public final class Main {

    private Main() {
    }

    public static void main(String[] bits) {
        float[] input = {Float.parseFloat(bits[0]), Float.parseFloat(bits[1])};
        System.out.println(Math.round(Xor.pretrained().predict(input)[0]) + " on Java " + Runtime.version().feature());
    }
}
