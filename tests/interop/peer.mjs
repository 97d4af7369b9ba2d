// Other people's libraries behind one line of JSON in, one line of JSON out.
// Digital Bazaar's for embedded proofs and status lists, `jose` for VC-JWTs. Nothing is fetched:
// every document a library asks for was handed in by `documents`.
import {createInterface} from 'node:readline';
import * as vc from '@digitalbazaar/vc';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {checkStatus, createCredential, createList} from '@digitalbazaar/vc-bitstring-status-list';
import * as jose from 'jose';

const documents = new Map();
const keys = new Map();

async function documentLoader(url) {
  const document = documents.get(url) ?? documents.get(url.split('#')[0]);
  if(document === undefined) {
    throw new Error(`nothing was handed in for ${url}`);
  }
  return {contextUrl: null, documentUrl: url, document: part(document, url)};
}

// A verificationMethod is asked for by its own URL.
function part(document, url) {
  const method = (document.verificationMethod ?? []).find(({id}) => id === url);
  return method ? {'@context': 'https://w3id.org/security/multikey/v1', ...method} : document;
}

async function signer({controller, seed}) {
  const name = `${controller} ${seed}`;
  if(!keys.has(name)) {
    const pair = await Ed25519Multikey.generate({seed: Buffer.from(seed, 'hex')});
    pair.controller = controller;
    pair.id = `${controller}#${pair.publicKeyMultibase}`;
    keys.set(name, pair);
  }
  return keys.get(name).signer();
}

async function issue({credential, created, ...key}) {
  const suite = new DataIntegrityProof({signer: await signer(key), cryptosuite, date: created});
  return vc.issue({credential: structuredClone(credential), suite, documentLoader, now: created});
}

async function verify({credential, now}) {
  const suite = new DataIntegrityProof({cryptosuite});
  return vc.verifyCredential({credential, suite, documentLoader, checkStatus, now});
}

function reason(result) {
  const errors = [result.error, result.statusResult?.error].filter(Boolean);
  return errors.flatMap(error => [error, ...(error.errors ?? [])]).map(String).join('; ');
}

// CPU time of the whole process in microseconds per operation.
async function timed(count, operation) {
  const begin = process.cpuUsage();
  for(let n = 0; n < count; n++) {
    await operation(n);
  }
  const {user, system} = process.cpuUsage(begin);
  return {microseconds: (user + system) / count};
}

async function verifyAll(credentials, now) {
  for(const credential of credentials) {
    const result = await verify({credential, now});
    if(!result.verified) {
      throw new Error(reason(result));
    }
  }
}

const operations = {
  async documents({documents: given}) {
    Object.entries(given).forEach(([url, document]) => documents.set(url, document));
    return {};
  },
  async issue(options) {
    return {credential: await issue(options)};
  },
  async verify(options) {
    const result = await verify(options);
    return {verified: result.verified, error: reason(result)};
  },
  async signJwt({payload, jwk, header}) {
    const key = await jose.importJWK(jwk, header.alg);
    return {token: await new jose.CompactSign(Buffer.from(JSON.stringify(payload)))
      .setProtectedHeader(header).sign(key)};
  },
  async verifyJwt({token, jwk, algorithm}) {
    const options = {algorithms: [algorithm], currentDate: new Date('2026-03-03T00:00:00Z')};
    try {
      const {payload} = await jose.jwtVerify(token, await jose.importJWK(jwk, algorithm), options);
      return {verified: true, payload};
    } catch(error) {
      return {verified: false, error: String(error)};
    }
  },
  async statusList({url, length, indexes, ...options}) {
    const list = await createList({length});
    indexes.forEach(index => list.setStatus(index, true));
    const credential = await createCredential({id: url, list, statusPurpose: 'revocation'});
    Object.assign(credential, {issuer: options.controller, ...options.members});
    return {credential: await issue({credential, ...options})};
  },
  async benchIssue({count, ...options}) {
    return timed(count, () => issue(options));
  },
  async benchVerify({count, credentials, now}) {
    return timed(count, n => verifyAll([credentials[n % credentials.length]], now));
  }
};

for await (const line of createInterface({input: process.stdin})) {
  const {operation, ...options} = JSON.parse(line);
  let answer;
  try {
    answer = await operations[operation](options);
  } catch(error) {
    answer = {failed: `${error}${error.errors ? ` ${error.errors}` : ''}`};
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
