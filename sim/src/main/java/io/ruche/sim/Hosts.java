package io.ruche.sim;

import io.ruche.core.Address;
import io.ruche.core.Power;
import io.ruche.core.TokenAmount;
import io.ruche.sim.SimWorker.Manners;
import io.ruche.testkit.Sample;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The machines of a world, whom they work for, and who owns them. */
final class Hosts {
  private static final TokenAmount DEPOSIT = TokenAmount.ofNano(1_000_000_000_000L);
  private static final int MACHINES = 3;

  /** Its multiples modulo one are spread evenly. */
  private static final double GOLDEN_RATIO = 0.618033988749895;

  private static final int FIRST_ACCOUNT = 200;
  private static final int FIRST_MACHINE = 100;
  private static final int FIRST_OF_CROWD = 1_000_000;
  private static final int FIRST_CROWD_ACCOUNT = 2_000_000;

  private final World world;
  private final SimChain chain;
  private final Setup setup;
  private final Map<Address, SimWorker> byMachine = new LinkedHashMap<>();
  private final Map<Address, Address> ownerByWorker = new LinkedHashMap<>();
  private final Set<Address> dishonest = new HashSet<>();

  Hosts(World world, SimChain chain, Setup setup) {
    this.world = world;
    this.chain = chain;
    this.setup = setup;
    int wallets = setup.owners() == 0 ? 0 : setup.owners() + 1;
    for (int number = 1; number <= wallets; number++) {
      addWorker(number);
    }
    for (int number = 1; number <= MACHINES * setup.accounts(); number++) {
      addMachine(number);
    }
    for (int number = 0; number < setup.crowd().hosts(); number++) {
      addOfCrowd(number);
    }
  }

  Collection<SimWorker> all() {
    return byMachine.values();
  }

  Address ownerOfMachine(Address machine) {
    return of(byMachine, machine).owner();
  }

  /** Of who stands on chain. */
  Address ownerOf(Address worker) {
    return of(ownerByWorker, worker);
  }

  boolean isHonest(Address worker) {
    return !dishonest.contains(worker);
  }

  /** The address of an account of this world. */
  static Address account(int index) {
    return Sample.worker(FIRST_ACCOUNT + index);
  }

  private static <T> T of(Map<Address, T> map, Address address) {
    var found = map.get(address);
    if (found == null) {
      throw new IllegalArgumentException("nobody in this world has the address " + address);
    }
    return found;
  }

  private void addWorker(int number) {
    var worker = Sample.worker(number);
    var owner = number > setup.owners() ? Sample.worker(1) : worker;
    chain.hub().deposit(worker, DEPOSIT);
    add(worker, worker, owner, mannersOf(number), false);
  }

  /** Machines beside those of the wallets; each account has as many. */
  private void addMachine(int number) {
    var account = account((number - 1) / MACHINES);
    if (number % MACHINES == 1) {
      chain.hub().deposit(account, DEPOSIT);
    }
    add(Sample.worker(FIRST_MACHINE + number), account, account, Manners.HONEST, false);
  }

  /** Owners of accounts and of wallets alternate, as do machines on surplus, mains and battery. */
  private void addOfCrowd(int number) {
    var crowd = setup.crowd();
    int ownerNumber = number / crowd.machinesPerOwner();
    boolean isFirst = number % crowd.machinesPerOwner() == 0;
    boolean hasAccount = ownerNumber % 2 == 0;
    var machine = Sample.worker(FIRST_OF_CROWD + number);
    var owner = Sample.worker(FIRST_CROWD_ACCOUNT + ownerNumber);
    var worker = hasAccount ? owner : machine;
    if (isFirst || !hasAccount) {
      chain.hub().deposit(worker, DEPOSIT);
    }
    var host =
        add(machine, worker, owner, mannersInCrowd(ownerNumber), world.chance(crowd.slowLinks()));
    var sources = Power.Source.values();
    host.runsOn(new Power(sources[number % sources.length], 0));
  }

  private SimWorker add(
      Address machine, Address worker, Address owner, Manners manners, boolean isSlow) {
    var host =
        new SimWorker(world, chain, machine, worker, owner, manners, new SimLink(world, isSlow));
    byMachine.put(machine, host);
    ownerByWorker.put(worker, owner);
    if (manners != Manners.HONEST) {
      dishonest.add(worker);
    }
    return host;
  }

  /** Worker 1 is honest, then come the liars, then those who never reveal. */
  private Manners mannersOf(int number) {
    if (number > 1 && number <= 1 + setup.liars()) {
      return Manners.LIES;
    }
    boolean isMute = number > 1 && number <= 1 + setup.liars() + setup.mutes();
    return isMute ? Manners.NEVER_REVEALS : Manners.HONEST;
  }

  /** Spread evenly: the first owners would be asked first. */
  private Manners mannersInCrowd(int ownerNumber) {
    double place = (ownerNumber * GOLDEN_RATIO) % 1;
    if (place < setup.crowd().colluders()) {
      return Manners.LIES;
    }
    boolean isLoner = place < setup.crowd().colluders() + setup.crowd().loners();
    return isLoner ? Manners.LIES_ALONE : Manners.HONEST;
  }
}
