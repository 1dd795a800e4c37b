import {
  BanknotesIcon,
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

export interface WorkEntry {
  to: string
  label: string
  icon: FunctionalComponent
  needs: NeededStanding
}

/** Every page of the console in the order of the menu, and the standing that it needs. */
export const WORK_ENTRIES: readonly WorkEntry[] = [
  { to: '/admin', label: 'app.work.desk', icon: HomeIcon, needs: 'manager' },
  { to: '/admin/events', label: 'app.work.events', icon: CalendarDaysIcon, needs: 'manager' },
  { to: '/admin/orders', label: 'app.work.orders', icon: ShoppingCartIcon, needs: 'sales' },
  { to: '/admin/approve', label: 'app.work.approve', icon: CheckBadgeIcon, needs: 'manager' },
  { to: '/admin/photos', label: 'app.work.photos', icon: PhotoIcon, needs: 'manager' },
  { to: '/admin/people', label: 'app.work.people', icon: UserGroupIcon, needs: 'manager' },
  { to: '/admin/revenue', label: 'app.work.revenue', icon: ChartBarIcon, needs: 'manager' },
  { to: '/admin/documents', label: 'app.work.documents', icon: DocumentTextIcon, needs: 'manager' },
  { to: '/admin/payouts', label: 'app.work.payouts', icon: BuildingLibraryIcon, needs: 'owner' },
  { to: '/admin/packages', label: 'app.work.packages', icon: TagIcon, needs: 'manager' },
  { to: '/admin/split', label: 'app.work.split', icon: ChartPieIcon, needs: 'manager' },
  { to: '/admin/coupons', label: 'app.work.coupons', icon: TicketIcon, needs: 'manager' },
  { to: '/admin/members', label: 'app.work.members', icon: UsersIcon, needs: 'manager' },
  { to: '/admin/keys', label: 'app.work.keys', icon: KeyIcon, needs: 'owner' },
  { to: '/admin/studio', label: 'app.work.studioSettings', icon: SwatchIcon, needs: 'manager' },
  {
    to: '/admin/inbox',
    label: 'app.work.inbox',
    icon: InboxIcon,
    needs: 'platform_admin',
  },
  {
    to: '/admin/reconciliation',
    label: 'app.work.reconciliation',
    icon: ScaleIcon,
    needs: 'platform_admin',
  },
  {
    to: '/admin/studios',
    label: 'app.work.studios',
    icon: BuildingStorefrontIcon,
    needs: 'platform_admin',
  },
  { to: '/admin/users', label: 'app.work.users', icon: IdentificationIcon, needs: 'platform_admin' },
  { to: '/admin/queues', label: 'app.work.queues', icon: QueueListIcon, needs: 'platform_admin' },
  { to: '/admin/audit', label: 'app.work.audit', icon: ClipboardDocumentListIcon, needs: 'platform_admin' },
  { to: '/admin/status', label: 'app.status', icon: SignalIcon, needs: 'platform_admin' },
  {
    to: '/admin/settings',
    label: 'app.work.settings',
    icon: WrenchScrewdriverIcon,
    needs: 'platform_admin',
  },
  { to: '/photographer', label: 'app.work.upload', icon: CameraIcon, needs: 'photographer' },
  {
    to: '/photographer/portfolio',
    label: 'app.work.portfolio',
    icon: UserCircleIcon,
    needs: 'photographer',
  },
  { to: '/photographer/earnings', label: 'app.work.earnings', icon: BanknotesIcon, needs: 'photographer' },
  {
    to: '/organizer/earnings',
    label: 'app.work.organizerShare',
    icon: BanknotesIcon,
    needs: 'organizer',
  },
  {
    to: '/organizer',
    label: 'app.work.organized',
    icon: MegaphoneIcon,
    needs: 'organizer',
  },
  { to: '/', label: 'app.work.shop', icon: ShoppingBagIcon, needs: 'user' },
]
