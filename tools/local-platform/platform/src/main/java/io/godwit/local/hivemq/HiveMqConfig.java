package io.godwit.local.hivemq;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * HiveMQ's configuration file and JVM options. Sessions are short, retained messages are off and nothing is kept on disk, because what is
 * outstanding for a device lives in PostgreSQL; the limits that HiveMQ would otherwise reach in silence are set on purpose.
 */
final class HiveMqConfig {
    private static final String XML = """
            <?xml version="1.0" encoding="UTF-8"?>
            <hivemq xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
              <listeners>
                <tcp-listener><port>%d</port><bind-address>127.0.0.1</bind-address></tcp-listener>
            %s              </listeners>
              <mqtt>
                <queued-messages><max-queue-size>100</max-queue-size><strategy>discard</strategy></queued-messages>
                <retained-messages><enabled>false</enabled></retained-messages>
                <quality-of-service><max-qos>1</max-qos></quality-of-service>
                <topic-alias><enabled>false</enabled></topic-alias>
                <message-expiry><max-interval>86400</max-interval></message-expiry>
                <session-expiry><max-interval>300</max-interval></session-expiry>
                <keep-alive><max-keep-alive>3600</max-keep-alive><allow-unlimited>false</allow-unlimited></keep-alive>
                <packets><max-packet-size>1048576</max-packet-size></packets>
                <receive-maximum><server-receive-maximum>100</server-receive-maximum></receive-maximum>
              </mqtt>
              <restrictions>
                <max-client-id-length>256</max-client-id-length>
                <max-topic-length>256</max-topic-length>
                <no-connect-idle-timeout>10000</no-connect-idle-timeout>
              </restrictions>
              <security>
                <payload-format-validation><enabled>true</enabled></payload-format-validation>
                <utf8-validation><enabled>true</enabled></utf8-validation>
                <allow-empty-client-id><enabled>true</enabled></allow-empty-client-id>
              </security>
              <persistence><mode>in-memory</mode></persistence>
              <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
            </hivemq>
            """;

    private HiveMqConfig() {}

    static void write(Path hivemqHome, int port, TlsListener tls) {
        try {
            Path folder = Files.createDirectories(hivemqHome.resolve("conf"));
            for (String needed : List.of("data", "log")) {
                Files.createDirectories(hivemqHome.resolve(needed));
            }
            Files.writeString(folder.resolve("config.xml"), XML.formatted(port, tls.xml()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> jvmOptions(Path hivemqHome) {
        return List.of(
                "-Xms128m",
                "-Xmx768m",
                "-Dhivemq.home=" + hivemqHome,
                // What HiveMQ's own start script opens.
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED");
    }
}
