import type { IncomingMessage, ServerResponse } from 'node:http'

/** What a scripted server does with one request. */
export type Answer = (response: ServerResponse, request: IncomingMessage) => void

/** Answer at once. */
export const give =
  (status: number, body = ''): Answer =>
  (response) =>
    response.writeHead(status).end(body)

/** Promise more bytes than come, and send nothing further. */
export const stopHalfWay = (response: ServerResponse): void => {
  response.writeHead(200, { 'content-length': 6 })
  response.write('con')
}

/** Send a part of a file, and more of it until whoever asked is gone. */
export function answerWithoutEnd(): { readonly answer: Answer; isGone(): boolean } {
  let isGone = false
  return {
    answer(response) {
      response.writeHead(206)
      const more = setInterval(() => response.write('more and more'), 1)
      response.on('close', () => {
        clearInterval(more)
        isGone = true
      })
    },
    isGone: () => isGone,
  }
}
