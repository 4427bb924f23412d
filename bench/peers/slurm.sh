#!/bin/sh
# No-op jobs on Slurm: one array of jobs, then `srun` one at a time, on this machine alone.
# Usage: slurm.sh TASKS SINGLE, as root. Debian: apt-get install slurm-wlm munge.
# Twice: a node that says it has 64 processors, then one that says 2. A job that has ended holds its
# processor for about a second, so the second node shows that and not the scheduler.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
max_array=2000
max_single=50
few=20
start_polls=300
bag_polls=3000

for tool in slurmctld slurmd sbatch srun munged; do
  command -v "$tool" > /dev/null || {
    echo "slurm: $tool is not installed; Debian has it in slurm-wlm and munge" >&2
    exit 1
  }
done
[ "$(id -u)" = 0 ] || { echo "slurm: slurmd runs jobs of others, so start this as root" >&2; exit 1; }

work=$(mktemp -d)
end() { # daemon; waits until it is gone, as it writes its state last
  [ -f "$work/$1.pid" ] || return 0
  pid=$(cat "$work/$1.pid")
  kill "$pid" 2>/dev/null || return 0
  tries=0
  while kill -0 "$pid" 2>/dev/null && [ "$tries" -lt 100 ]; do
    tries=$((tries + 1))
    sleep 0.1
  done
}
stop_slurm() {
  end slurmd
  end slurmctld
}
stop() {
  stop_slurm
  end munged
  rm -rf "$work"
}
trap stop EXIT
trap 'exit 1' INT TERM

# A key and a socket of its own: what the machine may run of munge is left alone.
dd if=/dev/urandom of="$work/munge.key" bs=1 count=1024 2>/dev/null
chmod 400 "$work/munge.key"
chmod 755 "$work"
munged --force --key-file="$work/munge.key" --socket="$work/munge.socket" \
  --pid-file="$work/munged.pid" --log-file="$work/munged.log" --seed-file="$work/munged.seed" \
  --num-threads=2 2>/dev/null

export SLURM_CONF="$work/slurm.conf"
start() { # processors
  set -- "$1" $("$here/free-port" 2)
  rm -rf "$work/state" "$work/spool"
  mkdir "$work/state" "$work/spool"
  cat > "$SLURM_CONF" <<END
ClusterName=bench
SlurmctldHost=localhost(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$work/munge.socket
CredType=cred/munge
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd.pid
SlurmctldLogFile=$work/slurmctld.log
SlurmdLogFile=$work/slurmd.log
SlurmctldPort=$2
SlurmdPort=$3
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerType=sched/backfill
SchedulerParameters=sched_min_interval=0,batch_sched_delay=0,default_queue_depth=1000
MpiDefault=none
ReturnToService=2
MinJobAge=10
MaxArraySize=$((max_array + 1))
MaxJobCount=10000
SlurmdParameters=config_overrides
NodeName=localhost NodeAddr=127.0.0.1 CPUs=$1 RealMemory=1000 State=UNKNOWN
PartitionName=p Nodes=localhost Default=YES MaxTime=INFINITE State=UP
END
  slurmctld -c
  slurmd -N localhost
  wait_until "the node to be idle" node_is_idle "$start_polls"
}

node_is_idle() { sinfo -h -o %T 2>/dev/null | grep -q '^idle$'; }
queue_is_empty() { [ -z "$(squeue -h 2>&1)" ]; }

wait_until() { # what, check, times that it is tried
  tries=0
  until "$2"; do
    tries=$((tries + 1))
    if [ "$tries" -ge "$3" ]; then
      sinfo >&2 || true
      squeue >&2 || true
      tail -n 20 "$work"/*.log >&2
      echo "slurm: gave up waiting for $1" >&2
      exit 1
    fi
    sleep 0.1
  done
}

now() { date +%s.%N; }

bag() { # processors, tasks
  began=$(now)
  sbatch -Q --array="0-$(($2 - 1))" -o /dev/null --wrap=/bin/true > /dev/null
  wait_until "the array to end" queue_is_empty "$bag_polls"
  ended=$(now)
  echo "$2 $began $ended" | awk -v version="$(slurmctld -V)" -v cpus="$1" \
    '{ printf "%s, a node of %d processors: %d jobs, %.1f jobs/s\n", version, cpus, $1, $1 / ($3 - $2) }'
}

one_at_a_time() { # times
  i=0
  while [ "$i" -lt "$1" ]; do
    began=$(now)
    srun -Q /bin/true
    echo "$began $(now)" | awk '{ printf "%.1f\n", 1000 * ($2 - $1) }'
    i=$((i + 1))
  done | sort -n | awk '{ ms[NR] = $1 } END {
    printf "slurm: srun one at a time, p50 %s ms, p95 %s ms of %d\n",
      ms[int((NR + 1) / 2)], ms[int((NR * 95 + 99) / 100)], NR }'
}

tasks=$(($1 < max_array ? $1 : max_array))
start 64
bag 64 "$tasks"
one_at_a_time "$(($2 < max_single ? $2 : max_single))"
stop_slurm
start 2
bag 2 "$((tasks < few ? tasks : few))"
