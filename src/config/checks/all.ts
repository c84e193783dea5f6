import { checkDesks } from './desks.ts';
import { checkPeople } from './people.ts';
import { checkPolicies } from './policies.ts';
import type { Check } from './references.ts';
import { checkSources } from './sources.ts';
import { checkUrgencyRows } from './urgency-rows.ts';

/** Everything that one key alone cannot tell. */
export const CHECKS: readonly Check[] = [checkPeople, checkDesks, checkPolicies, checkSources, checkUrgencyRows];
