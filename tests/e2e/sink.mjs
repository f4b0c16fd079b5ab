// A mail server of a few lines: keeps what it is given, for tests.
import { createServer } from 'node:net'

export async function mailSink() {
  const letters = []
  const server = createServer((socket) => {
    let text = ''
    let letter = null
    socket.setEncoding('utf8')
    socket.on('error', () => {})
    const say = (line) => socket.write(`${line}\r\n`)
    const answer = (line) => {
      const verb = line.slice(0, 4).toUpperCase()
      if (verb === 'DATA') {
        letter = ''
        say('354 go on')
      } else if (verb === 'QUIT') {
        say('221 bye')
        socket.end()
      } else {
        say('250 ok')
      }
    }
    socket.on('data', (bytes) => {
      text += bytes
      for (let end = text.indexOf('\r\n'); end >= 0; end = text.indexOf('\r\n')) {
        const line = text.slice(0, end)
        text = text.slice(end + 2)
        if (letter === null) answer(line)
        else if (line === '.') {
          letters.push(letter)
          letter = null
          say('250 taken')
        } else letter += `${line}\n`
      }
    })
    say('220 sink')
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  return { letters, address: `smtp://127.0.0.1:${server.address().port}`, close: () => server.close() }
}

/** What a letter says, its subject and its text. */
export function read(letter) {
  const [head, ...rest] = letter.split('\n\n')
  const subject = head.replace(/\n /g, '').replace(/=\?UTF-8\?B\?([^?]*)\?=/g, (_, word) => Buffer.from(word, 'base64').toString('latin1'))
  const words = Buffer.from(/^Subject: (.*)$/m.exec(subject)?.[1] ?? '', 'latin1').toString('utf8')
  const body = rest
    .join('\n\n')
    .replace(/--[-=_a-zA-Z0-9]+(--)?\n?/g, '')
    .replace(/^[A-Z][A-Za-z-]+: .*\n/gm, '')
  return { subject: words, text: Buffer.from(body.replace(/\s/g, ''), 'base64').toString('utf8') }
}
