package io.drawdown.bench.measure;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** What is alive in the heap of another JVM on this machine, asked through its own management. */
public final class LiveHeap implements AutoCloseable {

    private static final long BYTES_A_MEGABYTE = 1 << 20;

    private final JMXConnector connector;
    private final MemoryMXBean memory;

    private LiveHeap(JMXConnector connector, MemoryMXBean memory) {
        this.connector = connector;
        this.memory = memory;
    }

    /** Connects to a JVM of the same user. */
    @SuppressWarnings("BanJNDI") // The address is what a process says that the benchmark has started itself.
    public static LiveHeap of(long pid) {
        try {
            var jvm = VirtualMachine.attach(Long.toString(pid));
            var address = jvm.startLocalManagementAgent();
            jvm.detach();
            var connector = JMXConnectorFactory.connect(new JMXServiceURL(address));
            var memory = ManagementFactory.newPlatformMXBeanProxy(
                    connector.getMBeanServerConnection(), ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
            return new LiveHeap(connector, memory);
        } catch (AttachNotSupportedException e) {
            throw new IllegalStateException("The JVM " + pid + " lets nobody ask for its memory", e);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot ask the JVM " + pid + " for its memory: " + e.getMessage(), e);
        }
    }

    /** In MiB, once all that is dead has been collected; the JVM stands still for that long. */
    public long megabytes() {
        memory.gc();
        return Math.ceilDiv(memory.getHeapMemoryUsage().getUsed(), BYTES_A_MEGABYTE);
    }

    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
