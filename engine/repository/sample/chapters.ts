import { databaseServer } from './database-server.ts'
import { accessLog, serviceLog } from './logs.ts'
import { files, moved, type Scene, together, without } from './scene.ts'
import { serviceProgram, webServer } from './web-server.ts'

const DAY = 86_400_000

/** One snapshot of the sample's story. */
export interface Chapter {
  readonly time: Date
  readonly hostname: string
  readonly tags: readonly string[]
  /** What happened since the snapshot before, in a sentence for the log. */
  readonly story: string
  readonly scene: Scene
}

/** The weeks before `now` on two machines: edits, a renaming, deletions, a program that changes, and an accident. */
export function chapters(now: Date): Chapter[] {
  const at = (days: number, hours = 0) => new Date(wholeMinute(now).getTime() - days * DAY - hours * 3_600_000)
  const first = webServer(at(42))
  const edited = edit(first, at(20, 5))
  const renamed = rename(edited, at(6, 5))
  const bereft = accident(renamed, at(1, 8))
  const latest = nightAfter(bereft, at(0, 6))
  const harbour = { hostname: 'harbour' }
  return [
    { ...harbour, time: at(41), tags: ['weekly'], story: 'harbour is backed up for the first time', scene: first },
    { ...harbour, time: at(20), tags: ['weekly'], story: 'harbour got a certificate and new prices', scene: edited },
    {
      hostname: 'quay',
      time: at(13),
      tags: ['weekly', 'database'],
      story: 'quay, the database server, joins in',
      scene: databaseServer(at(13, 2)),
    },
    { ...harbour, time: at(6), tags: ['weekly'], story: 'a project was renamed, the service updated', scene: renamed },
    {
      ...harbour,
      time: at(1),
      tags: ['nightly'],
      story: 'half of the guest book was deleted by mistake',
      scene: bereft,
    },
    { ...harbour, time: at(0, 3), tags: ['nightly', 'before-upgrade'], story: 'a list was emptied', scene: latest },
  ]
}

function edit(scene: Scene, modified: Date): Scene {
  const site = `server {\n  listen 443 ssl;\n  http2 on;\n  server_name harbour.example;\n  root /srv/www/harbour;\n  ssl_certificate /etc/ssl/certs/harbour.example.pem;\n  ssl_certificate_key /etc/ssl/private/harbour.example.key;\n\n  location /book {\n    proxy_pass http://127.0.0.1:8080;\n  }\n}\n`
  return together(
    scene,
    files(modified, {
      'etc/nginx/sites-available/harbour': site,
      'etc/ssl/certs/harbour.example.pem': 'This would be the certificate of harbour.example. It is only a sample.\n',
      'srv/www/harbour/prices.html':
        '<!doctype html>\n<title>Prices</title>\n<p>Rowing boats: 15 € an hour. Sailing boats: 24 €.</p>\n',
      'home/alice/notes/todo.md':
        '# To do\n\n- [x] certificate for harbour.example\n- [ ] new photo of the curlew\n- [ ] ask Brandt about varnish\n',
    }),
    logs(modified, 1500),
  )
}

function rename(scene: Scene, modified: Date): Scene {
  const project = moved(scene, 'home/alice/projects/boat-hire', 'home/alice/projects/harbour-booking')
  return together(
    without(project, 'home/alice/Downloads', 'etc/nginx/sites-available/default', 'etc/nginx/sites-enabled/default'),
    serviceProgram(modified, 2),
    files(modified, {
      'home/alice/projects/harbour-booking/CHANGES.md':
        '# Changes\n\n## 1.2.0\n\n- Bookings can be moved to another day.\n',
      'home/alice/notes/meeting (draft).md': '# Meeting\n\nThe tern needs a new sail. Who sews?\n',
    }),
    logs(modified, 2300),
  )
}

function accident(scene: Scene, modified: Date): Scene {
  const lost = Array.from(
    { length: 60 },
    (_, at) => `srv/www/harbour/uploads/guestbook-${String(at + 31).padStart(3, '0')}.jpg`,
  )
  return together(without(scene, ...lost), logs(modified, 2600))
}

function nightAfter(scene: Scene, modified: Date): Scene {
  return together(
    scene,
    files(modified, {
      'home/alice/accounts/customers.csv': '',
      'etc/booking/booking.toml.rej': '@@ -9,3 +9,4 @@\n [mail]\n+retries = 3\n',
      'home/alice/notes/todo.md': '# To do\n\n- [ ] where is the customer list?!\n- [ ] new photo of the curlew\n',
    }),
    logs(modified, 2750),
  )
}

function logs(until: Date, lines: number): Scene {
  return files(until, {
    'var/log/nginx/access.log': accessLog(until, lines),
    'var/log/booking/booking.log': serviceLog(until, Math.round(lines / 2)),
  })
}

function wholeMinute(moment: Date): Date {
  return new Date(Math.floor(moment.getTime() / 60_000) * 60_000)
}
