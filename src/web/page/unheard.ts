import type { OfficerId, Override } from '../../../rota/rota.ts';
import type { DeskSetup } from '../../desk/setup.ts';
import type { PageParts } from '../page-parts.ts';
import { PAGER } from '../pager/method.ts';

/** Who of those on duty now is to be rung on a pager, and has none that is connected and can be seen or heard. */
export async function unheardNow(
  { desk, pagers }: Pick<PageParts, 'desk' | 'pagers'>,
  setup: DeskSetup,
  overrides: readonly Override[],
): Promise<readonly OfficerId[]> {
  const onDuty = setup.rota(overrides).onDuty(desk.clock.now());
  const methods = await desk.store.contactMethods(onDuty, setup.id);
  const withPager = methods.flatMap(({ type, officer }) => (type === PAGER ? [officer] : []));
  return onDuty.filter((officer) => withPager.includes(officer) && !pagers.isListening(officer));
}
