package nnet.runtime;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Threads that share the iterations of one call at a time. The calling thread takes part; the others are daemons that wait spinning for a moment and then
/// sleep. A call allocates nothing.
///
/// Iterations are independent and each is computed whole by one thread, so results do not depend on the number of threads or on who takes which.
/// When the threads are busy with the call of somebody else, the caller does all of its own by itself: it never waits for others.
public final class Workers implements AutoCloseable {

    /// A call is open for helpers to enter while this bit is set; the bits below count those inside, the bits above count calls.
    private static final long OPEN = 1L << 31;
    private static final long INSIDE = OPEN - 1;
    private static final long CALL = 1L << 32;

    /// Parts for each thread: more than one, so that a late thread does not hold up the others.
    private static final int PARTS = 4;
    private static final int SPINS = 2_000;
    /// Turns of a helper before it sleeps: longer than the calls of a program that the caller runs alone, since to be woken takes as long as many a call.
    private static final int PATIENCE = 20_000;

    private static final class Shared {
        static final Workers INSTANCE = of(defaultCount());
    }

    private final Helper[] helpers;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicLong state = new AtomicLong();
    private final AtomicInteger next = new AtomicInteger();
    private volatile boolean closed;
    private volatile Throwable failure;

    // The call: written before `state` opens it, read after entering.
    private Kernels kernels;
    private int program;
    private int call;
    private Workspace workspace;
    private int extent;
    private int step;

    private Workers(int count) {
        helpers = new Helper[count - 1];
        for (int i = 0; i < helpers.length; i++) {
            helpers[i] = new Helper(i + 1);
            helpers[i].start();
        }
    }

    /// Threads of its own, `count` with the caller; `close` ends them.
    ///
    /// @throws IllegalArgumentException if `count` is not between 1 and 1024
    public static Workers of(int count) {
        if (count < 1 || count > 1024) {
            throw new IllegalArgumentException("the number of threads must be between 1 and 1024, not " + count);
        }
        return new Workers(count);
    }

    /// The threads that everything uses that asks for none of its own: as many as property `nnet.threads` says, otherwise one for each processor.
    public static Workers shared() {
        return Shared.INSTANCE;
    }

    private static int defaultCount() {
        int count = Integer.getInteger("nnet.threads", Runtime.getRuntime().availableProcessors());
        return Math.max(1, Math.min(count, 1024));
    }

    /// Number of threads, with the caller.
    public int count() {
        return helpers.length + 1;
    }

    /// Runs iterations [0, extent) of a call and returns when all are done. An exception of any part is thrown here.
    void run(Kernels callKernels, int callProgram, int callNumber, Workspace callWorkspace, int callExtent) {
        if (helpers.length == 0 || callExtent < 2 || closed || !busy.compareAndSet(false, true)) {
            callKernels.part(callProgram, callNumber, callWorkspace, 0, 0, callExtent);
            return;
        }
        kernels = callKernels;
        program = callProgram;
        call = callNumber;
        workspace = callWorkspace;
        extent = callExtent;
        step = (callExtent - 1) / (count() * PARTS) + 1;
        failure = null;
        next.set(0);
        long open = (state.get() & -CALL) + CALL | OPEN;
        state.set(open);
        for (Helper helper : helpers) {
            helper.wake();
        }
        takeParts(0);
        finish();
    }

    /// Closes the call, so that nobody enters late, and waits for those inside.
    private void finish() {
        long now = state.addAndGet(-OPEN);
        for (int spins = 0; (now & INSIDE) != 0; now = state.get()) {
            if (++spins < SPINS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
        Throwable thrown = failure;
        kernels = null;
        workspace = null;
        busy.set(false);
        if (thrown != null) {
            Workers.<RuntimeException>rethrow(thrown);
        }
    }

    /// Kernels declare no exceptions, so what arrives here is unchecked whatever its static type.
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void rethrow(Throwable thrown) throws T {
        throw (T) thrown;
    }

    private void takeParts(int worker) {
        try {
            for (int from = next.getAndAdd(step); from >= 0 && from < extent; from = next.getAndAdd(step)) {
                kernels.part(program, call, workspace, worker, from, from > extent - step ? extent : from + step);
            }
        } catch (Throwable e) {
            failure = e;
            next.set(extent);
        }
    }

    /// Ends the threads. Calls that come later run on the caller alone.
    @Override
    public void close() {
        if (this != Shared.INSTANCE) {
            closed = true;
            for (Helper helper : helpers) {
                LockSupport.unpark(helper);
            }
        }
    }

    private final class Helper extends Thread {

        private final int worker;
        private volatile boolean asleep;

        Helper(int worker) {
            super("nnet-" + worker);
            this.worker = worker;
            setDaemon(true);
        }

        void wake() {
            if (asleep) {
                LockSupport.unpark(this);
            }
        }

        @Override
        public void run() {
            long seen = 0;
            while (!closed) {
                long now = await(seen);
                seen = now & -CALL;
                if (enter(now)) {
                    takeParts(worker);
                    state.getAndDecrement();
                }
            }
        }

        /// Waits until a call is open that this helper has not seen yet (or the end).
        private long await(long seen) {
            for (int spins = 0; spins < PATIENCE; spins++) {
                long now = state.get();
                if (isNew(now, seen)) {
                    return now;
                }
                Thread.onSpinWait();
            }
            asleep = true;
            long now = state.get();
            while (!isNew(now, seen) && !closed) {
                LockSupport.park(Workers.this);
                now = state.get();
            }
            asleep = false;
            return now;
        }

        private boolean isNew(long now, long seen) {
            return (now & OPEN) != 0 && (now & -CALL) != seen;
        }

        /// Joins the call if it is still open: afterwards the caller waits for this helper.
        private boolean enter(long now) {
            for (long current = now; (current & OPEN) != 0 && (current & -CALL) == (now & -CALL); current = state.get()) {
                if (state.compareAndSet(current, current + 1)) {
                    return true;
                }
            }
            return false;
        }
    }
}
