/** The cause of a fault where something was sent and no answer came back: it may have been done. */
export class AnswerLost extends Error {
  override readonly name = 'AnswerLost'
}
