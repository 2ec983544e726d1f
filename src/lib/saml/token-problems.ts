/**
 * Every reason a token is refused for: the number that the cloud answers with (AADSTS), and what it means. docs/token-verdicts.md shows
 * this table; a test compares the two. The order is that of the checks.
 */
export const tokenProblems = {
  // The text
  TokenTooLarge: {
    aadsts: 20012,
    means: 'It is larger, deeper or has more elements or attributes than a token ever has.',
  },
  DoctypePresent: {aadsts: 20012, means: 'It has a document type definition.'},
  InstructionPresent: {aadsts: 20012, means: 'It has a processing instruction.'},
  NotXml: {aadsts: 20012, means: 'It is not one well-formed XML 1.0 document in UTF-8 that begins with its root.'},
  // The form
  NotAToken: {aadsts: 20012, means: 'Its root is not a token response, a SAML response or an assertion.'},
  WrongProtocol: {aadsts: 20012, means: 'It was posted as the answer of the other protocol.'},
  AssertionEncrypted: {aadsts: 50008, means: 'It has an encrypted assertion or name; none is decrypted.'},
  AssertionMissing: {aadsts: 50008, means: 'It has no assertion.'},
  SeveralAssertions: {aadsts: 50008, means: 'It has more than one element called Assertion, at whatever depth.'},
  AssertionMisplaced: {
    aadsts: 50008,
    means: 'The assertion is not at the one place where its carrier has it, or not alone there.',
  },
  ResponseForeign: {aadsts: 50008, means: 'The SAML response has an element that no response has.'},
  IdRepeated: {aadsts: 50008, means: 'Two ids of the document are the same, under whatever name.'},
  NamespaceRelative: {aadsts: 20012, means: 'It declares a namespace by a relative URI.'},
  // The trust
  IssuerUnknown: {aadsts: 50107, means: 'Its issuer is not that of the trust.'},
  // The signature
  NotSigned: {aadsts: 50006, means: 'Neither the assertion nor the response is signed.'},
  SignatureMisplaced: {
    aadsts: 50006,
    means: 'A signature is not the one child of what it signs, at the place it has there.',
  },
  ContentHidden: {aadsts: 50006, means: 'What is signed has a comment, a CDATA section or an instruction inside.'},
  SignatureShape: {aadsts: 50006, means: 'A signature has another shape than the one that is looked at.'},
  SignatureReference: {aadsts: 50006, means: 'A signature does not refer to the element it is in.'},
  SignatureTransforms: {
    aadsts: 50006,
    means: 'A signature has other transforms or another canonicalization than are allowed.',
  },
  KeyFetched: {aadsts: 50006, means: 'A signature fetches its key, or carries content of its own.'},
  Sha1: {aadsts: 50006, means: 'A signature rests on SHA-1, which is not allowed for this trust.'},
  AlgorithmNotAccepted: {aadsts: 50006, means: 'A signature names an algorithm that is not accepted.'},
  KeyWeak: {aadsts: 50032, means: 'A certificate of the trust has a key that is too weak or of an unknown kind.'},
  ContentChanged: {aadsts: 50006, means: 'What is signed was changed afterwards, or something else is signed.'},
  KeyUnknown: {aadsts: 5000811, means: 'No key of the trust made the signature.'},
  // The time
  TimeMissing: {
    aadsts: 500133,
    means: 'A time that must be there is absent or is none: issue, beginning, end, confirmation, session.',
  },
  IssuedInFuture: {aadsts: 500133, means: 'It is issued in the future.'},
  NotYetValid: {aadsts: 500133, means: 'It is not valid yet.'},
  Expired: {aadsts: 500133, means: 'It is not valid any more.'},
  ConfirmationExpired: {aadsts: 500133, means: 'The confirmation of its subject is not valid any more, or not yet.'},
  SessionExpired: {aadsts: 500133, means: 'The session it speaks of has ended.'},
  LifetimeTooLong: {aadsts: 500133, means: 'It is valid for longer than the trust allows.'},
  // The recipient
  AudienceWrong: {aadsts: 50013, means: 'It is not for this audience, or for none.'},
  ConditionUnknown: {aadsts: 50013, means: 'It has a condition that is not understood.'},
  RecipientWrong: {aadsts: 50013, means: 'It is not for this recipient, or for none.'},
  DestinationWrong: {aadsts: 50013, means: 'The response is for another address, or a signed one for none.'},
  RequestUnknown: {aadsts: 50013, means: 'It does not answer the request.'},
  StatusNotSuccess: {aadsts: 50012, means: 'The identity provider says that the sign-in failed, or says nothing.'},
  VersionUnknown: {aadsts: 50008, means: 'It is of a version that does not exist.'},
  // The subject
  StatementMissing: {aadsts: 50008, means: 'It does not say that anybody has authenticated.'},
  SubjectMissing: {aadsts: 50008, means: 'It names no subject.'},
  SubjectsDiffer: {aadsts: 50008, means: 'Its statements are about different subjects.'},
  ConfirmationWrong: {aadsts: 50008, means: 'Its subject is confirmed by another way than bearing the token.'},
  NameUnsafe: {aadsts: 50008, means: 'A name has characters that are not seen: control or direction characters.'},
  ClaimAmbiguous: {aadsts: 50008, means: 'It gives a user principal name or an immutable id twice.'},
  // The account: asked for where the directory is known
  ImmutableIdMissing: {aadsts: 90020, means: 'It has no immutable id.'},
  UserUnknown: {aadsts: 51004, means: 'No user of the directory has this immutable id.'},
  UserDisabled: {aadsts: 50057, means: 'The user must not sign in.'},
  DomainWrong: {aadsts: 5000820, means: 'The domain of the user belongs to another trust.'},
  // Where it is presented: asked for at the directory alone
  FormMalformed: {aadsts: 20012, means: 'It was not posted as one form with one token.'},
  CertificateNotValid: {aadsts: 50017, means: 'The certificate of the trust that signed it is not valid at this time.'},
  TokenUsed: {aadsts: 50013, means: 'It was accepted before; a token is for one time.'},
} as const satisfies Record<string, {aadsts: number; means: string}>

/** A code of the table. */
export type TokenProblemCode = keyof typeof tokenProblems
