import {
  BanknotesIcon,
  BookOpenIcon,
  BuildingLibraryIcon,
  BuildingStorefrontIcon,
  CalendarDaysIcon,
  CameraIcon,
  ChartBarIcon,
  ChartPieIcon,
  CheckBadgeIcon,
  ClipboardDocumentListIcon,
  DocumentTextIcon,
  HomeIcon,
  IdentificationIcon,
  InboxIcon,
  KeyIcon,
  MegaphoneIcon,
  PhotoIcon,
  QuestionMarkCircleIcon,
  QueueListIcon,
  ScaleIcon,
  ShoppingBagIcon,
  ShoppingCartIcon,
  SignalIcon,
  SwatchIcon,
  TagIcon,
  TicketIcon,
  UserCircleIcon,
  UserGroupIcon,
  UsersIcon,
  WrenchScrewdriverIcon,
} from '@heroicons/vue/24/outline'
import type { NeededStanding } from '@pix/domain/standing.ts'
import type { FunctionalComponent } from 'vue'

/** The parts of the menu, in their order. The first has no heading: it is what is opened every day. */
export const WORK_GROUPS = ['daily', 'money', 'studio', 'system', 'own', 'shop'] as const

export interface WorkEntry {
  to: string
  group: (typeof WORK_GROUPS)[number]
  label: string
  icon: FunctionalComponent
  needs: NeededStanding
}

/** Every page of the console, in the order that it has in its part of the menu, and the standing that it needs. */
export const WORK_ENTRIES: readonly WorkEntry[] = [
  { to: '/admin', group: 'daily', label: 'app.work.desk', icon: HomeIcon, needs: 'manager' },
  { to: '/admin/inbox', group: 'daily', label: 'app.work.inbox', icon: InboxIcon, needs: 'platform_admin' },
  { to: '/admin/events', group: 'daily', label: 'app.work.events', icon: CalendarDaysIcon, needs: 'manager' },
  { to: '/admin/orders', group: 'daily', label: 'app.work.orders', icon: ShoppingCartIcon, needs: 'sales' },
  { to: '/admin/approve', group: 'daily', label: 'app.work.approve', icon: CheckBadgeIcon, needs: 'manager' },
  { to: '/admin/photos', group: 'daily', label: 'app.work.photos', icon: PhotoIcon, needs: 'manager' },
  { to: '/admin/people', group: 'daily', label: 'app.work.people', icon: UserGroupIcon, needs: 'manager' },
  { to: '/admin/revenue', group: 'money', label: 'app.work.revenue', icon: ChartBarIcon, needs: 'manager' },
  { to: '/admin/documents', group: 'money', label: 'app.work.documents', icon: DocumentTextIcon, needs: 'manager' },
  { to: '/admin/payouts', group: 'money', label: 'app.work.payouts', icon: BuildingLibraryIcon, needs: 'owner' },
  { to: '/admin/ledger', group: 'money', label: 'app.work.ledger', icon: BookOpenIcon, needs: 'owner' },
  {
    to: '/admin/reconciliation',
    group: 'money',
    label: 'app.work.reconciliation',
    icon: ScaleIcon,
    needs: 'platform_admin',
  },
  { to: '/admin/packages', group: 'money', label: 'app.work.packages', icon: TagIcon, needs: 'manager' },
  { to: '/admin/split', group: 'money', label: 'app.work.split', icon: ChartPieIcon, needs: 'manager' },
  { to: '/admin/coupons', group: 'money', label: 'app.work.coupons', icon: TicketIcon, needs: 'manager' },
  { to: '/admin/members', group: 'studio', label: 'app.work.members', icon: UsersIcon, needs: 'manager' },
  { to: '/admin/keys', group: 'studio', label: 'app.work.keys', icon: KeyIcon, needs: 'owner' },
  { to: '/admin/studio', group: 'studio', label: 'app.work.studioSettings', icon: SwatchIcon, needs: 'manager' },
  {
    to: '/admin/studios',
    group: 'system',
    label: 'app.work.studios',
    icon: BuildingStorefrontIcon,
    needs: 'platform_admin',
  },
  { to: '/admin/users', group: 'system', label: 'app.work.users', icon: IdentificationIcon, needs: 'platform_admin' },
  { to: '/admin/queues', group: 'system', label: 'app.work.queues', icon: QueueListIcon, needs: 'platform_admin' },
  {
    to: '/admin/audit',
    group: 'system',
    label: 'app.work.audit',
    icon: ClipboardDocumentListIcon,
    needs: 'platform_admin',
  },
  { to: '/admin/status', group: 'system', label: 'app.status', icon: SignalIcon, needs: 'platform_admin' },
  {
    to: '/admin/settings',
    group: 'system',
    label: 'app.work.settings',
    icon: WrenchScrewdriverIcon,
    needs: 'platform_admin',
  },
  { to: '/photographer', group: 'own', label: 'app.work.upload', icon: CameraIcon, needs: 'photographer' },
  {
    to: '/photographer/portfolio',
    group: 'own',
    label: 'app.work.portfolio',
    icon: UserCircleIcon,
    needs: 'photographer',
  },
  {
    to: '/photographer/earnings',
    group: 'own',
    label: 'app.work.earnings',
    icon: BanknotesIcon,
    needs: 'photographer',
  },
  { to: '/organizer', group: 'own', label: 'app.work.organized', icon: MegaphoneIcon, needs: 'organizer' },
  {
    to: '/organizer/earnings',
    group: 'own',
    label: 'app.work.organizerShare',
    icon: BanknotesIcon,
    needs: 'organizer',
  },
  {
    to: '/help/photographers',
    group: 'shop',
    label: 'app.work.guideOfPhotographers',
    icon: QuestionMarkCircleIcon,
    needs: 'photographer',
  },
  { to: '/help/studios', group: 'shop', label: 'app.work.guideOfStudios', icon: QuestionMarkCircleIcon, needs: 'user' },
  { to: '/', group: 'shop', label: 'app.work.shop', icon: ShoppingBagIcon, needs: 'user' },
]
