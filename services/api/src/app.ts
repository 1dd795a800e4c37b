import Fastify, { type FastifyInstance, LogController } from 'fastify'
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import { auditRoutes } from './admin/audit/index.ts'
import { dashboardRoutes } from './admin/dashboard/index.ts'
import { queueRoutes } from './admin/queues/index.ts'
import { staffOrderRoutes } from './admin/orders/index.ts'
import { managedPhotoRoutes } from './admin/photos/index.ts'
import { userRoutes } from './admin/users/index.ts'
import { letterRoutes, refusedAddressRoutes, settingsRoutes } from './admin/settings/index.ts'
import { statusRoutes } from './admin/status/index.ts'
import { authRoutes, setupRoutes } from './people/accounts/index.ts'
import { invitationRoutes } from './people/invitations/index.ts'
import { sellerRoutes } from './people/sellers/index.ts'
import { serviceKeyRoutes } from './people/service-keys/index.ts'
import { logoRoutes, studioRoutes, studioSettingsRoutes } from './people/studios/index.ts'
import { cartRoutes } from './shop/cart/index.ts'
import { statisticsRoutes } from './shop/statistics/index.ts'
import { favouriteRoutes } from './shop/favourites/index.ts'
import type { Deps } from './base/deps.ts'
import { eventRoutes, searchEngineRoutes, shortLinkRoutes } from './catalogue/events/index.ts'
import { mediaRoutes } from './catalogue/entitlements/index.ts'
import {
  engineRoutes,
  faceAlertRoutes,
  objectionRoutes,
  faceMediaRoutes,
  faceRoutes,
  foundRoutes,
  peopleRoutes,
} from './catalogue/faces/index.ts'
import { logAnswers } from './http/access-log.ts'
import { sayWhatMayBeCached } from './http/caching.ts'
import { gate } from './http/gate.ts'
import { healthRoutes } from './http/health.ts'
import { measureRequests } from './http/metrics.ts'
import { movePages } from './http/move-pages.ts'
import { describeApi } from './http/openapi.ts'
import { acceptForms } from './http/multipart.ts'
import { answerFrameworkError, answerWithProblems } from './http/problems.ts'
import { keepSearchPriority } from './http/search-priority.ts'
import { answerBeforeBodiesEnd } from './http/unread-bodies.ts'
import { answerBrokenRequest, endSlowBodies, headersWithin } from './http/slow-requests.ts'
import { sendSecurityHeaders } from './http/security-headers.ts'
import { signedObjectRoutes } from './http/signed-objects.ts'
import { allowStreams } from './http/streams.ts'
import { refuseWrongMethods } from './http/wrong-methods.ts'
import { documentRoutes } from './money/documents/index.ts'
import { couponRoutes, giftRoutes, orderAccessRoutes, orderRoutes } from './shop/orders/index.ts'
import { payableOrderRoutes, paymentRoutes, transferRoutes } from './money/payments/index.ts'
import { adjustmentRoutes, ownPayoutRoutes, payoutRoutes } from './money/payouts/index.ts'
import { refundRoutes } from './money/refunds/index.ts'
import {
  cameraRoutes,
  eventListRoutes,
  photographerRoutes,
  photoRoutes,
  resumableRoutes,
  reviewRoutes,
  uploadRoutes,
} from './catalogue/photos/index.ts'
import { eventPageRoutes, pageRoutes, pricingRoutes } from './shop/pricing/index.ts'
import { reconciliationRoutes, settlementRoutes } from './money/reconciliation/index.ts'
import { revenueRoutes } from './money/revenue/index.ts'
import { splitRoutes } from './shop/split/index.ts'
import { privacyRoutes } from './care/privacy/index.ts'
import { takedownRoutes } from './care/takedowns/index.ts'
import { differenceLineRoutes, inboxRoutes, slipLineRoutes } from './care/inbox/index.ts'

const FEATURES = [
  authRoutes,
  setupRoutes,
  studioRoutes,
  sellerRoutes,
  studioSettingsRoutes,
  invitationRoutes,
  serviceKeyRoutes,
  eventListRoutes,
  eventPageRoutes,
  eventRoutes,
  photoRoutes,
  photographerRoutes,
  reviewRoutes,
  uploadRoutes,
  resumableRoutes,
  cameraRoutes,
  faceRoutes,
  foundRoutes,
  peopleRoutes,
  engineRoutes,
  faceAlertRoutes,
  objectionRoutes,
  pricingRoutes,
  splitRoutes,
  favouriteRoutes,
  cartRoutes,
  orderRoutes,
  couponRoutes,
  orderAccessRoutes,
  giftRoutes,
  statisticsRoutes,
  documentRoutes,
  payableOrderRoutes,
  refundRoutes,
  ownPayoutRoutes,
  payoutRoutes,
  adjustmentRoutes,
  reconciliationRoutes,
  settlementRoutes,
  revenueRoutes,
  paymentRoutes,
  transferRoutes,
  privacyRoutes,
  takedownRoutes,
  inboxRoutes,
  staffOrderRoutes,
  managedPhotoRoutes,
  slipLineRoutes,
  differenceLineRoutes,
  auditRoutes,
  settingsRoutes,
  letterRoutes,
  refusedAddressRoutes,
  statusRoutes,
  dashboardRoutes,
  userRoutes,
  queueRoutes,
]

/** The whole service, in the order in which a request passes it. */
export async function buildApp(deps: Deps): Promise<FastifyInstance> {
  const { settings } = deps
  const app = Fastify({
    loggerInstance: deps.log as never,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    trustProxy: settings.TRUSTED_PROXIES.length === 0 ? false : settings.TRUSTED_PROXIES,
    genReqId: () => deps.newId(),
    // Slow phones upload slowly: http/slow-requests.ts asks for a least rate instead of an end by the clock.
    requestTimeout: 0,
    http: headersWithin(settings),
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: answerFrameworkError,
    bodyLimit: 1_048_576,
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: 'idle',
  }).withTypeProvider<ZodTypeProvider>() as unknown as FastifyInstance
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)

  const refuseOtherMethods = refuseWrongMethods(app)
  endSlowBodies(app, settings)
  measureRequests(app)
  logAnswers(app)
  allowStreams(app, deps)
  keepSearchPriority(app)
  await sendSecurityHeaders(app, settings)
  answerWithProblems(app)
  movePages(app, settings)
  await app.register(gate, { deps })
  sayWhatMayBeCached(app)
  await acceptForms(app)
  answerBeforeBodiesEnd(app)
  await describeApi(app, settings)

  await app.register(healthRoutes, { deps })
  await app.register(healthRoutes, { deps, prefix: '/api' })
  await app.register(mediaRoutes, { deps })
  await app.register(logoRoutes, { deps })
  await app.register(faceMediaRoutes, { deps })
  await app.register(signedObjectRoutes, { deps })
  await app.register(pageRoutes, { deps })
  await app.register(searchEngineRoutes, { deps })
  await app.register(shortLinkRoutes)
  for (const feature of FEATURES) await app.register(feature, { deps, prefix: '/api' })
  refuseOtherMethods()
  return app
}
