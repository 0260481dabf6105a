package nnet.compiler.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The loop verifier")
class LoopVerifierTest {

    /// The problems of a kernel with buffers `x` (f32), `n` (i32) and the given body.
    private static List<String> problems(String body) {
        return KernelVerifier
                .problems(LoopReader.readKernel("kernel k(x.0: f32, n.1: i32)\nparallel i.0 = 0 to 8 cost 1 {\n" + body + "\n}\n"));
    }

    @Test
    @DisplayName("accepts a program with every statement")
    void acceptsGoodPrograms() {
        assertEquals(List.of(), LoopVerifier.problems(LoopReader.read(LoopTextTest.PROGRAM)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            let a.1: f32 = 1                                                               | value of a1 is i32, not f32
            let a.1: i32 = 1 let a.1: i32 = 2                                              | a1 is bound twice
            let a.1: f32 = 1.0 + f32(2 & 1) * 2.0 let b.2: bool = a.1 < 1                  | the types in a.1 < 1 do not agree
            let a.1: f32 = 1.0 a.1 = 2.0                                                   | a1 may not be assigned here
            if true { let a.1: i32 = 1 } n.1[0] = a.1                                      | a1 is not bound here
            let a.1: i32 = sqrt(1)                                                         | the types in sqrt(1) do not agree
            x.0[1.0] = 1.0                                                                 | index into x is f32, not i32
            x.0[0] = 1                                                                     | value stored in x is i32, not f32
            vector j.1 = 0 to 8 width 12 { x.0[j.1] = 1.0 }                                | the width of vector loop j1 is 12
            vector j.1 = 0 to 8 width 16 { x.0[i.0] = 1.0 }                                | all iterations of a vector loop store to one element of x
            vector j.1 = 0 to 8 width 16 { if j.1 < 2 { } }                                | an if inside a vector loop
            vector j.1 = 0 to 8 width 16 { vector k.2 = 0 to 8 width 16 { } }              | a vector loop inside a vector loop
            vector j.1 = 0 to 8 width 16 { for k.2 = 0 to j.1 { } }                        | the bounds of loop k2 differ between the iterations of a vector loop
            var a.1: f32 = 0.0 vector j.2 = 0 to 8 width 16 { a.1 = 1.0 }                  | a1 may not be assigned here
            reduce a.1: f32 = sum j.2 = 0 to 8 lanes 8 { yield 1.0 }                       | 8 lanes in a reduction of f32
            reduce a.1: f32 = sum j.2 = 0 to 8 lanes 1 { x.0[j.2] = 1.0 yield 1.0 }        | the body of reduction a1 holds more than lets
            for j.1 = 0 to 8 step 0 { }                                                    | the step of loop j1 is 0
            """)
    void findsBrokenRules(String body, String problem) {
        assertEquals(List.of(problem), problems(body));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            call 0(read 0)             | call 0 of k: 1 arguments for 2 buffers
            call 0(read 0, read 3)     | call 0 of k: y is marked READ but its accesses are [WRITE]
            call 0(read 2, write 2)    | call 0 of k: storage 2 (b) is read before anything writes it
            call 0(read 1, write 2)    | call 0 of k: x is f32, storage 1 is i32
            """)
    void findsCallsThatDoNotFit(String call, String problem) {
        String program = """
                program p()
                storage 0 "in": f32[8] data
                storage 1 "a": i32[8] data
                storage 2 "b": f32[8]
                storage 3 "c": f32[8] data
                kernel 0 k(x.0: f32, y.1: f32)
                parallel i.0 = 0 to 8 cost 1 {
                    y.1[i.0] = x.0[i.0]
                }
                """;
        assertEquals(List.of(problem), LoopVerifier.problems(LoopReader.read(program + call)));
    }
}
