// The smallest useful app: says what it was asked, so that every task has a result of its own.

import { args, taskIndex, writeOutput } from "../../kit/app";

writeOutput("result.txt", "index: " + taskIndex().toString() + "\nargs: " + args().join(" ") + "\n");
