// An identity provider (OpenID Connect) in the process of the tests: it has one page, on which somebody says who they are.
import { createHash, createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const client = { id: 'secretariat', secret: 'not-a-secret' };
const base64 = (of) => Buffer.from(JSON.stringify(of)).toString('base64url');

/** provider serves one on the loopback interface; people are its subjects by their address. */
export async function provider(people) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const codes = new Map(); // what each code was given for
  let issuer;

  const token = ({ email, nonce }) => {
    const now = Math.floor(Date.now() / 1000);
    const body = [base64({ alg: 'RS256', kid: 'one', typ: 'JWT' }), base64({
      iss: issuer, aud: client.id, sub: people[email], email, email_verified: true, nonce, iat: now, exp: now + 300, amr: ['pwd'],
    })].join('.');
    return `${body}.${createSign('RSA-SHA256').update(body).sign(privateKey, 'base64url')}`;
  };
  const answers = {
    '/.well-known/openid-configuration': () => ({
      issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/keys`,
      response_types_supported: ['code'], subject_types_supported: ['public'], id_token_signing_alg_values_supported: ['RS256'],
    }),
    '/keys': () => ({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' }] }),
    '/token': (form) => {
      const given = codes.get(form.get('code'));
      codes.delete(form.get('code'));
      const right = given && createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url') === given.challenge;
      return right && { access_token: randomUUID(), token_type: 'Bearer', expires_in: 300, id_token: token(given) };
    },
  };

  /** ask is the page on which somebody says who they are, and enter what it sends. */
  const ask = (q) => `<!doctype html><html lang="ko"><title>시청 통합인증</title><main><h1>시청 통합인증</h1><form action="/enter">
    ${['redirect_uri', 'state', 'nonce', 'code_challenge'].map((n) => `<input type="hidden" name="${n}" value="${q.get(n)}">`).join('')}
    <label>전자우편 <input name="email"></label><button name="go">로그인</button><button name="no">취소</button></form></main></html>`;
  const enter = (q) => {
    const to = new URL(q.get('redirect_uri'));
    to.searchParams.set('state', q.get('state'));
    if (q.has('no')) {
      to.searchParams.set('error', 'access_denied');
      return to.href;
    }
    const code = randomUUID();
    codes.set(code, { email: q.get('email'), nonce: q.get('nonce'), challenge: q.get('code_challenge') });
    to.searchParams.set('code', code);
    return to.href;
  };

  const server = createServer((r, w) => {
    const { pathname, searchParams } = new URL(r.url, issuer);
    if (pathname === '/authorize') return w.setHeader('Content-Type', 'text/html; charset=utf-8').end(ask(searchParams));
    if (pathname === '/enter') return w.writeHead(303, { Location: enter(searchParams) }).end();
    let body = '';
    r.on('data', (d) => { body += d; });
    r.on('end', () => {
      const out = answers[pathname]?.(new URLSearchParams(body));
      w.writeHead(out ? 200 : 400, { 'Content-Type': 'application/json' }).end(JSON.stringify(out || { error: 'invalid_grant' }));
    });
  });
  await new Promise((r) => server.listen(0, '127.0.0.1', r));
  issuer = `http://127.0.0.1:${server.address().port}`;
  const file = join(mkdtempSync(join(tmpdir(), 'secretariat-client-')), 'secret');
  writeFileSync(file, client.secret, { mode: 0o600 });
  return {
    settings: {
      SECRETARIAT_OIDC_ISSUER: issuer, SECRETARIAT_OIDC_CLIENT_ID: client.id, SECRETARIAT_OIDC_CLIENT_SECRET_FILE: file,
      SECRETARIAT_OIDC_NAME: '시청 통합인증',
    },
    stop: () => new Promise((r) => { server.closeAllConnections(); server.close(r); }),
  };
}
