/** The page asks for its port by posting this to its own window. */
export const ASK = 'restore-console:ask'
/** Main's answer, handed on to the page with the port. */
export const PORT = 'restore-console:port'
