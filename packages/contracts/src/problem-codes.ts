/**
 * Every refusal the api can give: machine word → status and title (RFC 9457). The web turns the word into a sentence
 * of the person's language; the title is for developers.
 */
export const PROBLEMS = {
  // any route
  invalid_request: [422, 'Some fields are not valid'],
  malformed_request: [400, 'The request cannot be read'],
  unauthorized: [401, 'Sign in first'],
  forbidden: [403, 'Not allowed'],
  not_found: [404, 'Not found'],
  method_not_allowed: [405, 'Not possible with this address'],
  origin_refused: [403, 'The request comes from another site'],
  payload_too_large: [413, 'Too large'],
  request_too_slow: [408, 'The request came too slowly'],
  headers_too_large: [431, 'The headers of the request are too large'],
  unsupported_media_type: [415, 'This content type is not accepted'],
  rate_limited: [429, 'Too many requests'],
  internal: [500, 'Something went wrong on our side'],
  unavailable: [503, 'A part of the service is away'],
  idempotency_key_required: [400, 'Send an Idempotency-Key header'],
  idempotency_key_reused: [422, 'This Idempotency-Key was used with another body'],
  idempotency_in_flight: [409, 'The same request is being answered'],
  // inbox
  taken_by_another: [409, 'Somebody else takes care of this'],
  line_closed: [409, 'This needs nobody any more'],
  // auth
  wrong_credentials: [401, 'E-mail or password is wrong'],
  account_locked: [429, 'Too many failed sign-ins'],
  session_expired: [401, 'Sign in again'],
  wrong_code: [422, 'The code is wrong or no longer good'],
  wrong_password: [422, 'The password is wrong'],
  link_used_up: [410, 'The link was used, is too old, or is none of ours'],
  password_common: [422, 'The password is one of those that are guessed first'],
  password_personal: [422, 'The password is made of the name or the e-mail address'],
  email_not_verified: [403, 'Verify the e-mail address first'],
  last_owner: [409, 'Somebody else has to own it first'],
  second_factor_needed: [403, 'The sign-in needs a code of the authenticator app'],
  second_factor_required: [403, 'Turn on two-factor sign-in first'],
  second_factor_on: [409, 'Two-factor sign-in is on already'],
  second_factor_off: [409, 'Two-factor sign-in is not on'],
  wrong_second_factor: [422, 'The code is wrong or was used'],
  sign_in_over: [403, 'Begin the sign-in again'],
  // setup
  setup_link_invalid: [410, 'This setup link opens nothing'],
  // events
  slug_taken: [409, 'Another event has this address'],
  illegal_status: [409, 'The event cannot move to this status'],
  event_changed: [409, 'Somebody else has changed the event'],
  event_in_use: [409, 'The event has photos, searches or orders'],
  // photos
  no_file: [422, 'No file was sent'],
  empty_file: [422, 'The file is empty'],
  not_an_image: [415, 'This is not a photo we can read'],
  raw_file: [415, 'This is the raw file of a camera'],
  unsupported_colors: [415, 'The picture is in Lab colors'],
  file_too_large: [413, 'The file is larger than 50 MB'],
  image_too_large: [422, 'The photo has too many pixels'],
  image_too_small: [422, 'The photo is too small'],
  too_many_files: [422, 'More than 50 files in one batch'],
  uploads_closed: [409, 'The event takes no uploads now'],
  illegal_state: [409, 'Not possible in the present state'],
  // faces
  consent_required: [422, 'Consent is needed before a selfie is looked at'],
  face_search_off: [409, 'Face search is not switched on for this event'],
  face_engine_missing: [409, 'No worker has the weights of this face engine'],
  no_face_found: [422, 'No face was found'],
  face_too_poor: [422, 'The face is too small, blurred, dark or turned'],
  model_outdated: [409, 'The embedding is of another model version'],
  embedding_invalid: [422, 'The embedding is not plausible'],
  too_many_people: [429, 'Too many different people were searched for today'],
  // cart and orders
  cart_empty: [409, 'The cart is empty'],
  photo_not_for_sale: [409, 'The photo is not for sale'],
  package_not_valid: [409, 'The package does not fit this cart'],
  total_changed: [409, 'The price changed'],
  not_paid: [404, 'Not found'],
  // payments
  order_not_payable: [409, 'The order cannot be paid now'],
  gateway_unavailable: [503, 'The bank is not answering'],
  amount_out_of_range: [422, 'The amount cannot be paid by QR'],
  bad_signature: [401, 'The signature is wrong'],
} as const satisfies Record<string, readonly [status: number, title: string]>

export type ProblemCode = keyof typeof PROBLEMS
