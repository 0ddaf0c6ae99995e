package io.godwit.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttClientSslConfigBuilder;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.exceptions.ConnectionClosedException;
import com.hivemq.client.mqtt.exceptions.ConnectionFailedException;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5ConnectBuilder;
import io.godwit.local.access.MqttTlsAccess;
import io.godwit.local.tls.TestAuthority.Identity;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A stock client with MQTT 5 over TLS, with the device's certificate from a PKCS #12 store, or without one. */
final class CertifiedDevice implements AutoCloseable {
    /** What a refusal in the TLS handshake is told as. */
    static final String NO_HANDSHAKE = "NO_HANDSHAKE";

    private static final char[] PASSWORD = "of the test's own store".toCharArray();

    private final Mqtt5BlockingClient client;
    private final List<String> received = new CopyOnWriteArrayList<>();

    /** @param identity {@code null}: comes without a certificate */
    CertifiedDevice(MqttTlsAccess broker, @Nullable Identity identity) {
        MqttClientSslConfigBuilder tls = MqttClientSslConfig.builder().trustManagerFactory(trust(broker));
        if (identity != null) {
            tls = tls.keyManagerFactory(keys(identity));
        }
        client = MqttClient.builder()
                .useMqttVersion5()
                .serverHost(broker.host())
                .serverPort(broker.port())
                .sslConfig(tls.build())
                .buildBlocking();
        client.toAsync()
                .publishes(
                        MqttGlobalPublishFilter.ALL,
                        publish -> received.add(new String(publish.getPayloadAsBytes(), UTF_8)));
    }

    /** Connects; tells the reason code, or {@link #NO_HANDSHAKE}. */
    String connect(Optional<String> user, Optional<String> secret) {
        Mqtt5ConnectBuilder.Send<?> connect = client.connectWith();
        Mqtt5ConnectBuilder.Send<?> login = user.isEmpty()
                ? connect
                : secret.isEmpty()
                        ? connect.simpleAuth().username(user.get()).applySimpleAuth()
                        : connect.simpleAuth()
                                .username(user.get())
                                .password(secret.get().getBytes(UTF_8))
                                .applySimpleAuth();
        try {
            login.send();
            return "SUCCESS";
        } catch (Mqtt5ConnAckException e) {
            return e.getMqttMessage().getReasonCode().name();
        } catch (ConnectionFailedException | ConnectionClosedException e) {
            return NO_HANDSHAKE;
        }
    }

    /** Connects with nothing but the certificate, as soon as the broker knows who signed it. */
    CertifiedDevice connected() {
        Surroundings.await(
                "let in by certificate",
                () -> connect(Optional.empty(), Optional.empty()).equals("SUCCESS"));
        return this;
    }

    CertifiedDevice subscribed() {
        connected();
        client.subscribeWith()
                .topicFilter("To_eUICC")
                .qos(MqttQos.AT_LEAST_ONCE)
                .send();
        return this;
    }

    Mqtt5BlockingClient client() {
        return client;
    }

    boolean isConnected() {
        return client.getState().isConnected();
    }

    List<String> received() {
        return received;
    }

    private static KeyManagerFactory keys(Identity identity) {
        try {
            KeyStore made = KeyStore.getInstance("PKCS12");
            made.load(null, PASSWORD);
            made.setKeyEntry("device", identity.key(), PASSWORD, new Certificate[] {identity.certificate()});
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            made.store(file, PASSWORD);
            KeyStore read = KeyStore.getInstance("PKCS12");
            read.load(new ByteArrayInputStream(file.toByteArray()), PASSWORD);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(read, PASSWORD);
            return keys;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TrustManagerFactory trust(MqttTlsAccess broker) {
        try (InputStream pem = Files.newInputStream(broker.authority())) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry(
                    "broker", CertificateFactory.getInstance("X.509").generateCertificate(pem));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            return trust;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (isConnected()) {
            client.disconnect();
        }
    }
}
