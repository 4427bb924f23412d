// The rules of chess for contracts: is it mate or stalemate, and what does a move lead to?

import { fail } from "../../kit/app";
import { Answer, Call } from "../../kit/call";
import { Position } from "./board";
import { isLegal, outcome, play } from "./play";
import { problemOf } from "./problem";
import { boardWord, readPosition, stateNumber } from "./words";

const OUTCOME_SELECTOR: u32 = 0x021df747;
const PLAY_SELECTOR: u32 = 0x41c47dca;
const BAD_POSITION = 3;

function positionOf(call: Call): Position {
  const position = new Position();
  let problem = readPosition(call.word(0), call.word(1), position);
  if (problem == "") problem = problemOf(position);
  if (problem != "") fail(BAD_POSITION, "not a position of a game: " + problem);
  return position;
}

function answerOutcome(call: Call): void {
  call.expectWords(2);
  new Answer().uint(outcome(positionOf(call))).send();
}

function answerPlay(call: Call): void {
  call.expectWords(3);
  const move = call.uint16(2);
  const position = positionOf(call);
  const legal = isLegal(position, move);
  if (legal) play(position, move);
  new Answer()
    .bool(legal)
    .word(boardWord(position))
    .uint(stateNumber(position))
    .uint(outcome(position))
    .send();
}

const call = Call.read();
if (call.selector == OUTCOME_SELECTOR) answerOutcome(call);
else if (call.selector == PLAY_SELECTOR) answerPlay(call);
else call.refuse();
