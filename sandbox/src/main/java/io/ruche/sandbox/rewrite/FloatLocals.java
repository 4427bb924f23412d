package io.ruche.sandbox.rewrite;

import com.dylibso.chicory.wasm.types.FunctionBody;
import io.ruche.sandbox.rewrite.ModuleShape.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A function's locals. Those that only ever hold fresh results of arithmetic are <em>lazy</em>: a
 * NaN in them is made canonical when its bits are shown, not each time that it is stored.
 */
final class FloatLocals {
  private final Signature type;
  private final List<Byte> types;
  private final boolean[] isLazy;
  private boolean hasChanged;

  FloatLocals(Signature type, FunctionBody body) throws UnsupportedModule {
    this.type = type;
    types = new ArrayList<>(type.parameters());
    for (var local : body.localTypes()) {
      types.add(ValueTypes.of(local));
    }
    isLazy = new boolean[types.size()];
    for (int i = type.parameters().size(); i < isLazy.length; i++) {
      isLazy[i] = ValueTypes.isFloat(types.get(i));
    }
  }

  int count() {
    return types.size();
  }

  byte type(int local) {
    return types.get(local);
  }

  /** What is known of the bits of its value. */
  byte bits(int local) {
    return isLazy[local] ? OperandStack.DIRTY : OperandStack.EXACT;
  }

  boolean isLazy(int local) {
    return isLazy[local];
  }

  /** Called when a value whose bits count is stored in a lazy local: the reading was too bold. */
  void mustBeExact(int local) {
    isLazy[local] = false;
    hasChanged = true;
  }

  void allExact() {
    Arrays.fill(isLazy, false);
  }

  /** Whether a local turned out not to be lazy since this was asked last. */
  boolean hasChanged() {
    boolean before = hasChanged;
    hasChanged = false;
    return before;
  }

  List<Byte> declaredThen(List<Byte> added) {
    var all = new ArrayList<>(types.subList(type.parameters().size(), types.size()));
    all.addAll(added);
    return all;
  }
}
