package demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class XorTest {

    @Test
    void theTrainedNetworkKnowsExclusiveOr() {
        Xor xor = Xor.pretrained();
        for (int a = 0; a < 2; a++) {
            for (int b = 0; b < 2; b++) {
                assertEquals(a ^ b, Math.round(xor.predict(new float[]{a, b})[0]));
            }
        }
    }

    @Test
    void testsHaveNetworksOfTheirOwn() {
        assertEquals(6, Sum.create(0).predict(new float[]{1, 2, 3}));
    }
}
