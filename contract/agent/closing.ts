/** What an agent says when it ends a connection over TLS; a console that knows the words says them in its own. */
export const CLOSING = { stopping: 'the agent is stopping', revoked: 'revoked' } as const
