package io.ruche.chain.rpc;

import java.util.List;

/** One JSON-RPC method call; parameters are texts, numbers, booleans, maps and lists of these. */
public record RpcRequest(String method, List<Object> params) {
  public RpcRequest {
    params = List.copyOf(params);
  }

  public static RpcRequest of(String method, Object... params) {
    return new RpcRequest(method, List.of(params));
  }
}
