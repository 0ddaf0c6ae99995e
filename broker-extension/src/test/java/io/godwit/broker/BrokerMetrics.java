package io.godwit.broker;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.godwit.local.ComponentUsage;
import io.godwit.local.LocalPlatform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** What the running HiveMQ shows, read as an operator's agent on the same machine reads it: JMX after an attach. */
final class BrokerMetrics implements AutoCloseable {
    static final String PREFIX = "io.godwit.broker.";

    private final JMXConnector connector;
    private final MBeanServerConnection beans;

    @SuppressWarnings("BanJNDI") // The address is that of a child process of this test.
    BrokerMetrics(LocalPlatform platform) {
        long pid = platform.usage().stream()
                .filter(process -> process.name().equals("hivemq"))
                .mapToLong(ComponentUsage::pid)
                .findFirst()
                .orElseThrow();
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            try {
                connector = JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
            } finally {
                machine.detach();
            }
            beans = connector.getMBeanServerConnection();
        } catch (AttachNotSupportedException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The value of a counter or gauge of ours; 0 for one that was never counted. */
    long value(String name) {
        return read(PREFIX + name, "Count", "Value").longValue();
    }

    /** How often HiveMQ has decoded a PUBLISH. */
    long hivemqPublishes() {
        return read("com.hivemq.messages.incoming.publish.count", "Count").longValue();
    }

    /** The 99th percentile of a timer, in milliseconds. */
    double millis99(String timer) {
        return read(PREFIX + timer, "99thPercentile").doubleValue();
    }

    /** All names of ours, without the prefix. */
    Set<String> names() {
        try {
            return beans.queryNames(new ObjectName("metrics:name=" + PREFIX + "*"), null).stream()
                    .map(name -> name.getKeyProperty("name").substring(PREFIX.length()))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    private Number read(String metric, String... attributes) {
        try {
            return beans.getAttributes(new ObjectName("metrics:name=" + metric), attributes).asList().stream()
                    .map(attribute -> (Number) attribute.getValue())
                    .findFirst()
                    .orElseThrow();
        } catch (InstanceNotFoundException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
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
