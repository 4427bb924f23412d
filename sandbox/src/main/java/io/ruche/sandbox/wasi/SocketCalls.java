package io.ruche.sandbox.wasi;

/** There is no network: the functions exist so that modules link, and all refuse. */
final class SocketCalls {
  private SocketCalls() {}

  static void addTo(Calls calls) {
    calls.add("sock_accept", "iii", SocketCalls::refuse);
    calls.add("sock_recv", "iiiiii", SocketCalls::refuse);
    calls.add("sock_send", "iiiii", SocketCalls::refuse);
    calls.add("sock_shutdown", "ii", SocketCalls::refuse);
  }

  private static void refuse(GuestMemory memory, Calls.Arguments args) throws WasiError {
    throw new WasiError(Errno.NOTSUP);
  }
}
