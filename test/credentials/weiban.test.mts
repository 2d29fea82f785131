import {
	callbackSignature,
	decryptCallback,
	isEncodingAesKey,
} from '../../credentials/signing/weiban';
import { encryptCallback } from '../../sandbox/weiban/crypto.mts';

/** Published sample of the vendor's own crypto library (sheet weiban §6.2). */
const sample = {
	token: 'hJqcu3uJ9Tn2gXPmxx2w9kkCkCE2EPYo',
	encodingAesKey: '6qkdMrq68nTKduznJYO1A37W2oEgpkMUvkttRToqhUt',
	receiveId: 'ww1436e0e65a779aee',
	timestamp: '1639731768',
	nonce: '64390332',
	echostr:
		'505deLub74lMxyhj6SZk55rjDRxM7lEzVa/8ZFdOUWkkv9kFpNI+9c3YLRLDjL+1GEIWpvuQSFw2ck2zb0QcAQ==',
	signature: '8ddba101fe5f9404e6b28e2d6cfb7565c7572d09',
	message: '80908904',
};

test('callback signature, published vector', () => {
	const { token, timestamp, nonce, echostr, signature } = sample;
	expect(callbackSignature(token, timestamp, nonce, echostr)).toBe(signature);
});

test('callback decryption, published vector', () => {
	expect(decryptCallback(sample.encodingAesKey, sample.echostr)).toEqual({
		message: sample.message,
		receiveId: sample.receiveId,
	});
});

test.each(['', 'AAAA', sample.echostr.slice(0, 40), 'x'.repeat(88)])(
	'%p is no callback',
	(text) => {
		expect(decryptCallback(sample.encodingAesKey, text)).toBeUndefined();
	},
);

test.each(['', 'a', '微伴'.repeat(40), 'x'.repeat(65_536)])(
	'what the vendor encrypts is decrypted, whatever its length',
	(message) => {
		const sealed = encryptCallback(sample.encodingAesKey, message, sample.receiveId);
		expect(decryptCallback(sample.encodingAesKey, sealed)).toEqual({
			message,
			receiveId: sample.receiveId,
		});
	},
);

test('another key opens nothing', () => {
	const other = sample.encodingAesKey.replace('6', '7');
	const opened = decryptCallback(other, sample.echostr);
	expect(opened?.receiveId).not.toBe(sample.receiveId);
	expect(decryptCallback('short', sample.echostr)).toBeUndefined();
});

test('an EncodingAESKey has 43 characters of Base64', () => {
	expect(isEncodingAesKey(sample.encodingAesKey)).toBe(true);
	for (const text of [
		'',
		sample.encodingAesKey.slice(1),
		`${sample.encodingAesKey}=`,
		'-'.repeat(43),
	]) {
		expect(isEncodingAesKey(text)).toBe(false);
	}
});
