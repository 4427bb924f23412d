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
  private final Map<String, Link> links = new ConcurrentHashMap<>();

  private record Link(WorkerSession session, SocketWire wire) {}

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
      var wire = new SocketWire(context.session, maxOutbound);
      var session = desk.connect(wire);
      if (session != null) {
        links.put(context.sessionId(), new Link(session, wire));
      }
    });
    ws.onMessage(context -> {
      var link = links.get(context.sessionId());
      if (link != null) {
        desk.receive(link.session(), context.message());
      }
    });
    ws.onClose(context -> {
      var link = links.remove(context.sessionId());
      if (link != null) {
        desk.disconnected(link.session());
      }
    });
  }
}
