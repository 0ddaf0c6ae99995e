package io.godwit.local.service;

import io.godwit.local.process.Answer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** Asks a service for its health. */
public final class HttpProbe {
    private static final int PATIENCE_MILLIS = 3_000;

    private HttpProbe() {}

    /** Ready means status 200. */
    public static Answer ask(String url) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url).toURL().openConnection();
            connection.setConnectTimeout(PATIENCE_MILLIS);
            connection.setReadTimeout(PATIENCE_MILLIS);
            int status = connection.getResponseCode();
            connection.disconnect();
            return status == HttpURLConnection.HTTP_OK
                    ? new Answer.Ready()
                    : new Answer.Silent(url + " answered with status " + status);
        } catch (IOException e) {
            return new Answer.Silent(url + ": " + e.getMessage());
        }
    }
}
