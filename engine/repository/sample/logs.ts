import { Chance } from './chance.ts'

const MINUTE = 60_000
const PAGES = [
  '/',
  '/boats/',
  '/boats/heron',
  '/boats/tern',
  '/prices',
  '/book',
  '/css/site.css',
  '/img/quay.jpg',
] as const
const VISITORS = ['192.0.2.17', '192.0.2.140', '198.51.100.8', '198.51.100.77', '203.0.113.5', '203.0.113.66'] as const
const BROWSERS = ['Mozilla/5.0 (X11; Linux x86_64)', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_2)', 'curl/8.11.1'] as const
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/** Lines of nginx's access log, the last of them written at `until`. */
export function accessLog(until: Date, lines: number): string {
  const chance = new Chance(lines)
  return Array.from({ length: lines }, (_, line) => {
    const moment = new Date(until.getTime() - (lines - 1 - line) * MINUTE * 7)
    const page = chance.pick(PAGES)
    const status = chance.next() < 0.04 ? 404 : 200
    const asked = `"GET ${page} HTTP/2.0" ${status} ${200 + chance.below(40_000)}`
    return `${chance.pick(VISITORS)} - - [${logTime(moment)}] ${asked} "-" "${chance.pick(BROWSERS)}"\n`
  }).join('')
}

/** Lines of the booking service's own log. */
export function serviceLog(until: Date, lines: number): string {
  const chance = new Chance(lines + 1)
  return Array.from({ length: lines }, (_, line) => {
    const moment = new Date(until.getTime() - (lines - 1 - line) * MINUTE * 11).toISOString()
    const booking = `booking=B${10_000 + chance.below(90_000)}`
    const said = chance.pick([
      `level=info msg="booking confirmed" ${booking} boat=${chance.pick(['heron', 'tern', 'curlew'])}`,
      `level=info msg="reminder sent" ${booking}`,
      `level=info msg="health check" took=${chance.below(30)}ms`,
      `level=warn msg="slow query" took=${800 + chance.below(4000)}ms table=bookings`,
    ])
    return `time=${moment} ${said}\n`
  }).join('')
}

function logTime(moment: Date): string {
  const two = (part: number) => String(part).padStart(2, '0')
  const day = `${two(moment.getUTCDate())}/${MONTHS[moment.getUTCMonth()] ?? ''}/${moment.getUTCFullYear()}`
  return `${day}:${[moment.getUTCHours(), moment.getUTCMinutes(), moment.getUTCSeconds()].map(two).join(':')} +0000`
}
