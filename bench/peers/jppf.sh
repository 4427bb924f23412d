#!/bin/sh
# No-op tasks on JPPF: a driver, a node with two threads and a client, each a JVM, on loopback.
# Usage: jppf.sh TASKS SINGLE. Maven fetches JPPF when it is not there yet; JAVA_HOME is used.
set -eu
here=$(cd "$(dirname "$0")" && pwd)/jppf
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
limit=300
lib=$here/target/lib
if [ ! -d "$lib" ]; then
  mvn -B -ntp -q -f "$here/pom.xml" dependency:copy-dependencies -DoutputDirectory="$lib" >&2 || {
    rm -rf "$lib"
    echo "jppf: Maven did not get org.jppf:*:6.2, see above" >&2
    exit 1
  }
fi

work=$(mktemp -d)
pids=
stop() {
  for pid in $pids; do kill "$pid" 2>/dev/null || true; done
  wait
  rm -rf "$work"
}
trap stop EXIT
trap 'exit 1' INT TERM

set -- "$1" "$2" $("$here/../free-port" 3)
cat > "$work/driver.properties" <<END
jppf.server.port = $3
jppf.ssl.server.port = -1
jppf.discovery.enabled = false
jppf.peer.discovery.enabled = false
jppf.management.enabled = true
jppf.management.host = 127.0.0.1
jppf.management.port = $4
jppf.load.balancing.algorithm = proportional
jppf.load.balancing.profile = p
jppf.load.balancing.profile.p.initialSize = 5
END
cat > "$work/node.properties" <<END
jppf.server.host = 127.0.0.1
jppf.server.port = $3
jppf.discovery.enabled = false
jppf.processing.threads = 2
jppf.management.enabled = true
jppf.management.host = 127.0.0.1
jppf.management.port = $5
END
cat > "$work/client.properties" <<END
jppf.discovery.enabled = false
jppf.drivers = d1
d1.jppf.server.host = 127.0.0.1
d1.jppf.server.port = $3
d1.jppf.pool.size = 1
END

# Its network code asks for JDK internals of old.
open="--add-opens=java.base/java.lang=ALL-UNNAMED --add-opens=java.base/java.nio=ALL-UNNAMED"
cd "$work"
"${java}c" -cp "$lib/*" -d "$work/classes" "$here/JppfPeer.java"
"$java" $open -Xmx256m -cp "$lib/*" -Djppf.config=driver.properties \
  org.jppf.server.JPPFDriver noLauncher > driver.log 2>&1 &
pids="$!"
"$java" $open -Xmx256m -cp "$lib/*" -Djppf.config=node.properties \
  org.jppf.node.NodeRunner noLauncher > node.log 2>&1 &
pids="$pids $!"
timeout "$limit" "$java" $open -Xmx512m -cp "$lib/*:$work/classes" -Djppf.config=client.properties \
  -Djppf.version=6.2 JppfPeer "$1" "$2" > client.log 2>&1 || {
  tail -n 20 driver.log node.log client.log >&2
  echo "jppf: the client did not end well within $limit s, see above" >&2
  exit 1
}
grep '^jppf ' client.log
