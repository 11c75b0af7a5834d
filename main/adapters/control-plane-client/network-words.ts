/** Why a server could not be asked, as a sentence. */
export function sentenceFor(error: unknown, host: string): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const name = error instanceof Error ? error.name : ''
  if (name === 'TimeoutError' || code === 'ABORT_ERR' || code === 'ETIMEDOUT') return `${host} did not answer in time.`
  if (/^(DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_VERIFY|UNABLE_TO_GET|CERT_)/.test(code))
    return `The certificate of ${host} is not one that this computer trusts (${code}). Give the pin of its key instead.`
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return `The certificate of ${host} is for another name.`
  if (/^(EPROTO|ERR_SSL|ERR_TLS|HPE_)/.test(code)) return `${host} does not speak as expected (${code}).`
  switch (code) {
    case 'ECONNREFUSED':
      return `Nothing listens at ${host}.`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `The name of ${host} cannot be resolved here.`
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `There is no way to ${host} from here.`
    case 'ECONNRESET':
    case 'EPIPE':
    case 'ERR_STREAM_PREMATURE_CLOSE':
      return `${host} hung up.`
    default:
      return `${host} cannot be asked: ${error instanceof Error ? error.message : String(error)}.`
  }
}
