package io.ruche.sdk;

import io.ruche.core.Address;
import io.ruche.core.App;
import io.ruche.core.Dataset;
import io.ruche.core.Workerpool;
import java.util.Optional;

/** The three registries. Empty: nothing of that kind is registered under the address. */
public interface Resources {
  Optional<App> app(Address address);

  Optional<Dataset> dataset(Address address);

  Optional<Workerpool> workerpool(Address address);
}
