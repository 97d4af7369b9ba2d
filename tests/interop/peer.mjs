// Other people's libraries behind one line of JSON in, one line of JSON out.
// Digital Bazaar's for embedded proofs and status lists, `jose` for VC-JWTs. Nothing is fetched:
// every document a library asks for was handed in by `documents`.
import {createInterface} from 'node:readline';
import * as vc from '@digitalbazaar/vc';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import {cryptosuite as ecdsaRdfc} from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import {cryptosuite as eddsaRdfc} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as ecdsaJcs from '@digitalbazaar/ecdsa-jcs-2019-cryptosuite';
import * as ecdsaSd from '@digitalbazaar/ecdsa-sd-2023-cryptosuite';
import * as eddsaJcs from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import {Ed25519Signature2018} from '@digitalbazaar/ed25519-signature-2018';
import {Ed25519Signature2020} from '@digitalbazaar/ed25519-signature-2020';
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

// `seed` makes an Ed25519 key; `jwk` is one with a private half; `name` overrides the key's id.
async function signer({controller, seed, jwk, name}) {
  const known = JSON.stringify([controller, seed, jwk, name]);
  if(!keys.has(known)) {
    const library = jwk?.kty === 'EC' ? EcdsaMultikey : Ed25519Multikey;
    const pair = jwk ? await library.fromJwk({jwk, secretKey: true}) :
      await Ed25519Multikey.generate({seed: Buffer.from(seed, 'hex')});
    const {publicKeyMultibase} = await pair.export({publicKey: true});
    pair.controller = controller;
    pair.id = name ?? `${controller}#${publicKeyMultibase}`;
    keys.set(known, pair.signer());
  }
  return keys.get(known);
}

const cryptosuites = {
  'eddsa-rdfc-2022': () => [eddsaRdfc, eddsaRdfc],
  'ecdsa-rdfc-2019': () => [ecdsaRdfc, ecdsaRdfc],
  'eddsa-jcs-2022': () => [eddsaJcs.createSignCryptosuite(), eddsaJcs.createVerifyCryptosuite()],
  'ecdsa-jcs-2019': () => [ecdsaJcs.createSignCryptosuite(), ecdsaJcs.createVerifyCryptosuite()],
  'ecdsa-sd-2023': ({mandatory}) => [
    ecdsaSd.createSignCryptosuite({mandatoryPointers: mandatory ?? ['/issuer']}),
    ecdsaSd.createVerifyCryptosuite()]
};

async function signing({suite = 'eddsa-rdfc-2022', created, mandatory, ...key}) {
  const options = {signer: await signer(key), date: created};
  if(suite === 'Ed25519Signature2020') {
    return new Ed25519Signature2020(options);
  }
  if(suite === 'Ed25519Signature2018') {
    const made = new Ed25519Signature2018(options);
    made.verificationMethod = options.signer.id;
    return made;
  }
  const [cryptosuite] = cryptosuites[suite]({mandatory});
  return new DataIntegrityProof({...options, cryptosuite});
}

function verifying(suite = 'eddsa-rdfc-2022') {
  if(suite === 'Ed25519Signature2020') {
    return new Ed25519Signature2020();
  }
  const [, cryptosuite] = cryptosuites[suite]({});
  return new DataIntegrityProof({cryptosuite});
}

async function issue({credential, ...options}) {
  const suite = await signing(options);
  return vc.issue({
    credential: structuredClone(credential), suite, documentLoader, now: options.created
  });
}

// What a holder shows of a credential with an ecdsa-sd-2023 proof.
async function derive({credential, pointers}) {
  const cryptosuite = ecdsaSd.createDiscloseCryptosuite({selectivePointers: pointers});
  return vc.derive({
    verifiableCredential: credential, suite: new DataIntegrityProof({cryptosuite}), documentLoader
  });
}

async function verify({credential, now, suite}) {
  const result = await vc.verifyCredential(
    {credential, suite: verifying(suite), documentLoader, checkStatus, now});
  // The library reads the list; what a set bit means is for its callers to say.
  if((result.statusResult?.results ?? []).some(({status}) => status)) {
    return {verified: false, error: new Error('a status bit is set')};
  }
  return result;
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
  async derive(options) {
    return {credential: await derive(options)};
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
  async verifyJwt({token, jwk, algorithm, now = '2026-03-03T00:00:00Z'}) {
    const options = {algorithms: [algorithm], currentDate: new Date(now)};
    try {
      const {payload} = await jose.jwtVerify(token, await jose.importJWK(jwk, algorithm), options);
      return {verified: true, payload};
    } catch(error) {
      return {verified: false, error: String(error)};
    }
  },
  async statusList({url, length, indexes, members, ...options}) {
    const list = await createList({length});
    indexes.forEach(index => list.setStatus(index, true));
    const credential = await createCredential({id: url, list, statusPurpose: 'revocation'});
    Object.assign(credential, {issuer: options.controller, ...members});
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
