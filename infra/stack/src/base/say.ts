/** One line of progress. */
export const say = (text: string): void => console.log(`  ${text}`)

/** Something the reader must put right: one sentence that says what is wrong, and what to do. Shown without a stack. */
export class Obstacle extends Error {
  override name = 'Obstacle'
}

/** Prints why the program ends. An {@link Obstacle} is printed by its message; anything else is a bug and keeps its stack. */
export function printAndFail(error: unknown): void {
  console.error(error instanceof Obstacle ? `\n${error.message}` : error)
  process.exitCode = 1
}
