package io.ruche.server.pool;

import io.javalin.router.JavalinDefaultRoutingApi;
import io.javalin.websocket.WsConfig;
import io.ruche.server.http.HttpOrigin;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** {@code GET /link}: the WebSocket that workers dial. */
public final class LinkRoutes implements HttpOrigin.Routes {
  private final LinkDesk desk;
  private final int maxOutbound;
  private final Map<String, WorkerSession> sessions = new ConcurrentHashMap<>();

  public LinkRoutes(LinkDesk desk, LinkSettings settings) {
    this.desk = desk;
    this.maxOutbound = settings.maxOutbound();
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routes) {
    routes.ws("/link", this::configure);
  }

  private void configure(WsConfig ws) {
    ws.onConnect(context -> {
      var session = desk.connect(new SocketWire(context.session, maxOutbound));
      if (session != null) {
        sessions.put(context.sessionId(), session);
      }
    });
    ws.onMessage(context -> {
      var session = sessions.get(context.sessionId());
      if (session != null) {
        desk.receive(session, context.message());
      }
    });
    ws.onClose(context -> {
      var session = sessions.remove(context.sessionId());
      if (session != null) {
        desk.disconnected(session);
      }
    });
  }
}
