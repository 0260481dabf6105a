package nnet.runtime;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// The predictions that all threads of an application share: as many as there are processors, since more could not compute at the same time, but would need more
/// memory. Whoever finds none waits until one is given back. Neither taking nor waiting allocates anything.
final class PredictionPool {

    private final NetworkCode code;
    private final Current weights;
    private final AtomicReferenceArray<Prediction> free;
    private final AtomicInteger made = new AtomicInteger();
    private volatile int waiting;

    PredictionPool(NetworkCode code, Current weights) {
        this.code = code;
        this.weights = weights;
        free = new AtomicReferenceArray<>(Math.max(2, Runtime.getRuntime().availableProcessors()));
    }

    Prediction take() {
        Prediction prediction = poll();
        if (prediction != null) {
            return prediction;
        }
        if (made.get() < free.length() && made.incrementAndGet() <= free.length()) {
            return fresh();
        }
        return await();
    }

    /// A prediction that is not of the pool.
    Prediction fresh() {
        return new Prediction(code, "infer", code.manifest.inputs(), code.manifest.outputs(), weights, Workers.shared());
    }

    private Prediction poll() {
        for (int i = 0; i < free.length(); i++) {
            Prediction prediction = free.get(i);
            if (prediction != null && free.compareAndSet(i, prediction, null)) {
                return prediction;
            }
        }
        return null;
    }

    /// A monitor, since waiting for one leaves nothing to the garbage collector. Whoever gives back first fills a place, then looks for those who wait; whoever waits
    /// first says so, then looks for a filled place: one of both sees the other.
    private synchronized Prediction await() {
        boolean interrupted = false;
        waiting++;
        try {
            while (true) {
                Prediction prediction = poll();
                if (prediction != null) {
                    return prediction;
                }
                try {
                    wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            waiting--;
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    void give(Prediction prediction) {
        for (int i = 0; i < free.length(); i++) {
            if (free.get(i) == null && free.compareAndSet(i, null, prediction)) {
                break;
            }
        }
        if (waiting > 0) {
            wakeOne();
        }
    }

    private synchronized void wakeOne() {
        notify();
    }
}
