/** Requests as a sender writes them, with what must not become markup. All of it is fictional. */
export const EMERGENCY = {
  ownReference: 'ABC-2026-117',
  kind: 'emergency_disclosure',
  urgency: 'emergency',
  grounds: ['life'],
  sender: { organisation: 'Police of Exampleland', person: 'Ines Sample', country: 'XX', phone: '+1 555 0100' },
  subject: 'Threat to a child <b>tonight</b>',
  text: 'A user announces to kill a child.\n<script>document.title = "broken out"</script>',
  items: { authority: 'Police of Exampleland', provider: 'Provider Example', emergency_facts: 'He said tonight.' },
  identifiers: [
    { type: 'ip', value: '10.1.2.3', port: 51234, at: '2026-11-24 03:12' },
    { type: 'account', value: '"><img src=x onerror=alert(1)>' },
  ],
};
export const PRESERVATION = {
  kind: 'preservation',
  sender: { organisation: 'Prosecution office of Elsewhere', country: 'XX' },
  subject: 'Preservation of subscriber data',
  text: 'Please preserve.',
  items: { authority: 'Prosecution office', data: 'subscriber data', necessity: 'logs are deleted after seven days' },
  identifiers: [{ type: 'ip', value: '198.51.100.7', at: '2026-11-20T10:00:00+01:00' }],
};
