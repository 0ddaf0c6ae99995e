package io.godwit.registry.progress;

import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Tells a reader that there is nothing to come back for: clients for server-sent events do so until they are answered 204. */
public class ProgressMappers {
    @ServerExceptionMapper
    public RestResponse<Void> nothingMore(NothingMoreException e) {
        return RestResponse.noContent();
    }
}
