package nnet.compiler.type;

/// `f32[batch, 128]`.
public record TensorType(ElementType element, Shape shape) {

    public static TensorType f32(int... sizes) {
        return new TensorType(ElementType.F32, Shape.of(sizes));
    }

    public static TensorType scalar(ElementType element) {
        return new TensorType(element, Shape.SCALAR);
    }

    public int rank() {
        return shape.rank();
    }

    public TensorType withShape(Shape other) {
        return new TensorType(element, other);
    }

    public TensorType withElement(ElementType other) {
        return new TensorType(other, shape);
    }

    @Override
    public String toString() {
        return element + shape.toString();
    }
}
