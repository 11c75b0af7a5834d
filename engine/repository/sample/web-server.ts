import { Chance } from './chance.ts'
import { accessLog, serviceLog } from './logs.ts'
import { oddNames } from './odd-names.ts'
import { files, folders, links, type Scene, together } from './scene.ts'

const SESSIONS = 2000

/** `harbour`: a small server that rents out boats, as it stood at a moment. */
export function webServer(moment: Date): Scene {
  const long = new Date(moment.getTime() - 90 * 86_400_000)
  return together(system(long), website(long), home(moment), oddNames(long), service(moment), sessions(moment))
}

function system(modified: Date): Scene {
  return together(
    files(modified, {
      'etc/hostname': 'harbour\n',
      'etc/hosts': '127.0.0.1\tlocalhost\n192.0.2.10\tharbour harbour.example\n192.0.2.20\tquay quay.example\n',
      'etc/fstab': 'UUID=5d1e9c1e-0b7a-4a52-9f0c-7a9f2c1a77aa / ext4 defaults 0 1\n/dev/vdb1 /srv ext4 noatime 0 2\n',
      'etc/nginx/nginx.conf': `user www-data;\nworker_processes auto;\n\nevents {\n  worker_connections 512;\n}\n\nhttp {\n  include mime.types;\n  sendfile on;\n  gzip on;\n  access_log /var/log/nginx/access.log;\n  include /etc/nginx/sites-enabled/*;\n}\n`,
      'etc/nginx/mime.types':
        'types {\n  text/html html;\n  text/css css;\n  image/jpeg jpg;\n  image/svg+xml svg;\n}\n',
      'etc/nginx/sites-available/harbour': `server {\n  listen 80;\n  server_name harbour.example;\n  root /srv/www/harbour;\n\n  location /book {\n    proxy_pass http://127.0.0.1:8080;\n  }\n}\n`,
      'etc/nginx/sites-available/default': 'server {\n  listen 80 default_server;\n  return 444;\n}\n',
      'etc/systemd/system/booking.service': `[Unit]\nDescription=Booking service\nAfter=network.target\n\n[Service]\nUser=booking\nExecStart=/var/lib/app/bin/booking --config /etc/booking/booking.toml\nRestart=on-failure\n\n[Install]\nWantedBy=multi-user.target\n`,
      'etc/cron.d/backup': '30 2 * * *  root  /usr/local/sbin/nightly-backup\n',
      'etc/ssh/sshd_config':
        'PermitRootLogin no\nPasswordAuthentication no\nX11Forwarding no\nSubsystem sftp internal-sftp\n',
    }),
    files(
      modified,
      {
        'etc/booking/booking.toml': `listen = "127.0.0.1:8080"\ncurrency = "EUR"\n\n[database]\nhost = "quay"\nname = "booking"\npool = 10\n\n[mail]\nfrom = "office@harbour.example"\nreminder_hours = 24\n`,
        'etc/ssl/private/harbour.example.key': pretendKey(),
      },
      0o600,
    ),
    links(modified, {
      'etc/nginx/sites-enabled/harbour': '../sites-available/harbour',
      'etc/nginx/sites-enabled/default': '/etc/nginx/sites-available/default',
      'etc/nginx/modules-enabled/image-filter.conf': '/usr/share/nginx/modules-available/image-filter.conf',
    }),
  )
}

function website(modified: Date): Scene {
  const boats = { heron: 'A two-seat rowing boat.', tern: 'A dinghy with a spritsail.', curlew: 'A barge for twelve.' }
  const chance = new Chance(7)
  return together(
    files(modified, {
      'srv/www/harbour/index.html': page('Boats by the hour', '<p>Open from April to October, nine to seven.</p>'),
      'srv/www/harbour/prices.html': page('Prices', '<p>Rowing boats: 14 € an hour. Sailing boats: 22 €.</p>'),
      'srv/www/harbour/css/site.css': 'body {\n  font: 1rem/1.5 system-ui;\n  max-width: 60rem;\n  margin: auto;\n}\n',
      'srv/www/harbour/img/quay.jpg': chance.bytes(48_000),
      'srv/www/harbour/img/anchor.svg':
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M4 1v6"/></svg>\n',
      'srv/www/harbour/robots.txt': 'User-agent: *\nDisallow: /book\n',
    }),
    ...Object.entries(boats).map(([name, text]) =>
      files(modified, {
        [`srv/www/harbour/boats/${name}/index.html`]: page(name, `<p>${text}</p>`),
        [`srv/www/harbour/boats/${name}/photo.jpg`]: chance.bytes(30_000),
      }),
    ),
    ...Array.from({ length: 120 }, (_, at) =>
      files(new Date(modified.getTime() + at * 3_600_000), {
        [`srv/www/harbour/uploads/guestbook-${String(at + 1).padStart(3, '0')}.jpg`]: chance.bytes(
          2000 + chance.below(4000),
        ),
      }),
    ),
    folders(modified, { 'srv/www/harbour/uploads/incoming': 0o775 }),
    links(modified, { 'srv/www/current': 'harbour' }),
  )
}

function home(moment: Date): Scene {
  return together(
    files(moment, {
      'home/alice/.bashrc': "alias ll='ls -l'\nexport EDITOR=vim\nHISTSIZE=5000\n",
      'home/alice/.profile': '[ -f ~/.bashrc ] && . ~/.bashrc\n',
      'home/alice/notes/todo.md':
        '# To do\n\n- [ ] certificate for harbour.example\n- [ ] new photo of the curlew\n- [x] move the database to quay\n',
      'home/alice/notes/suppliers.md':
        '# Suppliers\n\nVarnish: Brandt, order by Tuesday.\nRope: 10 mm, 200 m on the drum.\n',
      'home/alice/notes/winter.md': '# Winter\n\nHaul out the barge in the first week of November.\nDrain the pump.\n',
      'home/alice/accounts/customers.csv': customers(240),
      'home/alice/accounts/2023.csv': ledger(2023),
      'home/alice/accounts/2024.csv': ledger(2024),
      'home/alice/projects/boat-hire/README.md':
        '# boat-hire\n\nThe booking service. `make` builds it, `make test` tries it.\n',
      'home/alice/projects/boat-hire/Makefile': 'booking: main.go\n\tgo build -o booking .\n\ntest:\n\tgo test ./...\n',
      'home/alice/projects/boat-hire/main.go': 'package main\n\nfunc main() {\n\tserve(":8080")\n}\n',
      'home/alice/projects/boat-hire/tide.go':
        'package main\n\n// tide gives the height of the water in centimetres.\nfunc tide(hour int) int {\n\treturn 120 + 80*((hour%12)-6)/6\n}\n',
      'home/alice/Downloads/rope-catalogue.pdf': new Chance(3).bytes(150_000),
      'home/alice/Downloads/installer.run': new Chance(4).bytes(90_000),
    }),
    files(
      moment,
      { 'home/alice/.ssh/authorized_keys': 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleOnlyNotAKey alice@laptop\n' },
      0o600,
    ),
    files(
      moment,
      { 'home/alice/bin/tidy-uploads': '#!/bin/sh\nfind /srv/www/harbour/uploads/incoming -mtime +30 -delete\n' },
      0o755,
    ),
    links(moment, {
      'home/alice/site': '../../srv/www/harbour',
      'home/alice/old-site': '/srv/www/harbour-2019',
    }),
    folders(moment, { 'home/alice/Desktop': 0o755, 'home/alice/.ssh': 0o700, 'home/alice': 0o750 }),
  )
}

/** The booking service: its program, its logs. */
function service(moment: Date): Scene {
  return together(
    serviceProgram(moment, 1),
    files(moment, {
      'var/lib/app/bookings.db': new Chance(11).bytes(400_000),
      'var/log/nginx/access.log': accessLog(moment, 900),
      'var/log/nginx/error.log': '',
      'var/log/booking/booking.log': serviceLog(moment, 400),
    }),
    folders(moment, { 'var/spool/booking': 0o770 }),
  )
}

/** A program of about a megabyte, of which the middle differs from release to release. */
export function serviceProgram(moment: Date, release: number): Scene {
  const same = new Chance(21)
  const program = Buffer.concat([
    Buffer.from(`\x7fELF booking 1.${release}.0\n`),
    same.bytes(500_000),
    new Chance(100 + release).bytes(40_000),
    same.bytes(500_000),
  ])
  return files(moment, { 'var/lib/app/bin/booking': program }, 0o755)
}

/** One folder with thousands of small files, as services leave them. */
function sessions(moment: Date): Scene {
  const chance = new Chance(5)
  const contents = Array.from({ length: SESSIONS }, () => {
    const id = chance.hex(24)
    const seen = new Date(moment.getTime() - chance.below(14 * 86_400_000)).toISOString()
    return [`var/lib/app/sessions/sess_${id}.json`, `{"id":"${id}","seen":"${seen}","boat":null}\n`] as const
  })
  return files(moment, Object.fromEntries(contents), 0o640)
}

function page(title: string, body: string): string {
  return `<!doctype html>\n<html lang="en">\n<title>${title}</title>\n<link rel="stylesheet" href="/css/site.css">\n<h1>${title}</h1>\n${body}\n</html>\n`
}

function customers(count: number): string {
  const chance = new Chance(31)
  const first = ['Anna', 'Bela', 'Chidi', 'Dana', 'Emre', 'Freya', 'Goran', 'Hana', 'Idris', 'Jun'] as const
  const last = ['Aalto', 'Brandt', 'Costa', 'Dahl', 'Eriksen', 'Fontaine', 'Greco', 'Horvat', 'Ito', 'Jansen'] as const
  const rows = Array.from({ length: count }, (_, at) => {
    const [given, family] = [chance.pick(first), chance.pick(last)]
    return `${1000 + at},${given} ${family},${given}.${family}@mail.example,${chance.below(9) + 1}\n`.toLowerCase()
  })
  return `number,name,mail,visits\n${rows.join('')}`
}

function ledger(year: number): string {
  const chance = new Chance(year)
  const kinds = ['hire', 'repair', 'fuel', 'wages', 'rope'] as const
  const rows = Array.from({ length: 180 }, (_, at) => {
    const day = `${String(1 + Math.floor(at / 16)).padStart(2, '0')}-${String(1 + (at % 28)).padStart(2, '0')}`
    return `${year}-${day},${chance.pick(kinds)},${(chance.below(40_000) / 100).toFixed(2)}\n`
  })
  return `date,what,euro\n${rows.join('')}`
}

/** Looks like nothing that any scanner would take for a key. */
function pretendKey(): string {
  return `This would be the key of harbour.example. It is only a sample: ${new Chance(41).hex(64)}\n`
}
