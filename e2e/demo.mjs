// A demo of its own for every test: the program, its folder, its people.
import { spawn, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** build links the program once; E2E_BINARY names one that is there. */
export function build() {
  if (process.env.E2E_BINARY) return process.env.E2E_BINARY;
  const binary = join(mkdtempSync(join(tmpdir(), 'secretariat-')), 'secretariat');
  execFileSync('go', ['build', '-o', binary, './cmd/secretariat'], { cwd: root, stdio: 'inherit' });
  return binary;
}

function freePort() {
  return new Promise((resolve) => {
    const s = createServer().listen(0, '127.0.0.1', () => {
      const { port } = s.address();
      s.close(() => resolve(port));
    });
  });
}

/** demo starts the program with its sample and more settings, with play after a whole meeting, and waits until it can be entered. */
export async function demo(binary, { play = false, settings = {} } = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'secretariat-demo-'));
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const env = Object.fromEntries(Object.entries(process.env).filter(([k]) => !/^(SECRETARIAT|TEMPORAL)_/.test(k)));
  Object.assign(env, settings);
  if (play) execFileSync(binary, ['demo', '--play', '--dir', dir, '--listen', `127.0.0.1:${port}`], { env, stdio: 'ignore' });
  const child = spawn(binary, ['demo', '--dir', dir, '--listen', `127.0.0.1:${port}`], { env });
  let out = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (d) => { out += d; });
  for (let n = 0; ; n++) {
    const up = await fetch(base + '/demo').then((r) => r.ok, () => false);
    if (up) break;
    if (n > 1200 || child.exitCode !== null) throw new Error('the demo did not start:\n' + out);
    await new Promise((r) => setTimeout(r, 100));
  }
  const page = await (await fetch(base + '/demo')).text();
  return {
    base,
    meeting: page.match(/\/meetings\/[0-9a-f-]+/)[0],
    accounts: JSON.parse(readFileSync(join(dir, 'accounts.json'), 'utf8')),
    async clock(step) {
      const r = await fetch(base + '/demo/clock', { method: 'POST', body: new URLSearchParams({ step }), redirect: 'manual' });
      if (r.status !== 303) throw new Error(`the clock: ${r.status} ${await r.text()}\n${out.slice(-4000)}`);
    },
    async stop() {
      child.kill('SIGTERM');
      await new Promise((r) => (child.exitCode === null ? child.once('exit', r) : r()));
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
