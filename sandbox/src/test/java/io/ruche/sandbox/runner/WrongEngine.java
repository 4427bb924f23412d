package io.ruche.sandbox.runner;

import io.ruche.sandbox.engine.Engine;
import io.ruche.sandbox.rewrite.Exports;

/** Counts one unit of fuel too little. */
record WrongEngine(Engine real) implements Engine {
  @Override
  public String name() {
    return "wrong";
  }

  @Override
  public boolean isInterruptible() {
    return real.isInterruptible();
  }

  @Override
  public Program compile(byte[] rewritten) throws EngineRefusal {
    var program = real.compile(rewritten);
    return imports -> new WrongInstance(program.instantiate(imports));
  }

  private record WrongInstance(Instance real) implements Instance {
    @Override
    public long call(String export, long... arguments) {
      long answer = real.call(export, arguments);
      return export.equals(Exports.FUEL_LEFT) ? answer + 1 : answer;
    }

    @Override
    public void close() {
      real.close();
    }
  }
}
