/** Somebody pressed Ctrl-C, or ended the program by a signal, and what it had started has ended by itself. */
export class Interrupted extends Error {
  constructor(message = "Interrupted. Nothing was changed.") {
    super(message);
    this.name = "Interrupted";
  }
}
