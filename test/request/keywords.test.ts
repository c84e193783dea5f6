import { describe, expect, test } from 'vitest';
import { compileKeywords } from '../../src/request/keyword-matcher.ts';
import { KEYWORDS, SILENCED_BY } from '../../src/request/keywords.ts';

const classesOf = compileKeywords(KEYWORDS, SILENCED_BY);
const found = (text: string) => [...classesOf(text)].sort();

describe('how a keyword is looked for', () => {
  const matches = (keyword: string, text: string) => compileKeywords({ it: [keyword] }, {})(text).has('it');

  test('at the start of a word, and with $ as a whole word', () => {
    expect(matches('kidnap', 'Two were KIDNAPPED today')).toBe(true);
    expect(matches('kidnap', 'an antikidnap course')).toBe(false);
    expect(matches('bomb$', 'a bomb, they say')).toBe(true);
    expect(matches('bomb$', 'in Bombay')).toBe(false);
  });

  test('with alternatives, in order, and over a gap of up to five words', () => {
    expect(matches('kill him/her', 'to kill  HER.')).toBe(true);
    expect(matches('kill him/her', 'her, kill')).toBe(false);
    expect(matches('threat … life', 'a threat to the life of')).toBe(true);
    expect(matches('threat … life', 'a threat one two three four five life')).toBe(true);
    expect(matches('threat … life', 'a threat one two three four five six life')).toBe(false);
  });

  test('in either order with &', () => {
    expect(matches('attack & power grid', 'the power grid is under attack')).toBe(true);
    expect(matches('attack & power grid', 'an attack on the power grid')).toBe(true);
    expect(matches('attack & power grid', 'an attack on the grid power')).toBe(false);
  });

  test('never across the end of a sentence or a paragraph, but across the end of a line', () => {
    expect(matches('not urgent', 'not\nurgent')).toBe(true);
    for (const end of ['. ', '! ', '; ', '\n\n', '\r\n \r\n', '。']) {
      expect(matches('not urgent', `not${end}urgent`)).toBe(false);
    }
  });

  test('without regard to case, accents, forms and what cannot be seen', () => {
    const disguised = [
      'SUICIDE',
      'Suïcide',
      's\u200bu\u200dici\u00adde',
      '\u202esuicide\u202c',
      's\ufe0fuicide',
      '𝐬𝐮𝐢𝐜𝐢𝐝𝐞',
      'ｓｕｉｃｉｄｅ',
      'ⓢⓤⓘⓒⓘⓓⓔ',
      'suıcıde',
      'SUİCİDE',
    ];
    for (const text of disguised) expect([text, matches('suicid', text)]).toEqual([text, true]);
  });

  test('anywhere in scripts without spaces, even where a line breaks', () => {
    expect(matches('自杀', '他说要自杀。')).toBe(true);
    expect(matches('自杀', '他说要自\n杀。')).toBe(true);
    expect(matches('قنبلة', 'تهديد بالقنبلة')).toBe(true);
  });

  test('takes punctuation inside a keyword for the gap that it is', () => {
    expect(matches('e-mail threat', 'an E mail threat')).toBe(true);
    expect(matches('P/O', 'the p / o')).toBe(true);
    expect(matches('P/O', 'people')).toBe(false);
  });
});

describe('a risk to life is found in', () => {
  test.each([
    ['English', 'He announced that he will kill his two children this morning.'],
    ['English', 'A girl is being held hostage and the abuse is going on.'],
    ['English', 'She wrote that she is going to end her life tonight.'],
    ['French', 'Il a menacé de tuer sa femme ; danger de mort imminent.'],
    ['French', "Une alerte à la bombe vise l'école."],
    ['French', "L'enfant a été victime d'un enlèvement."],
    ['Spanish', 'La menor fue secuestrada y su vida corre peligro.'],
    ['Portuguese', 'Ameaça de morte contra os filhos; a vida da criança está em risco.'],
    ['German', 'Der Beschuldigte droht, seine Kinder umzubringen. Es besteht Lebensgefahr.'],
    ['German', 'BOMBENDROHUNG gegen den Bahnhof'],
    ['Italian', 'Ha annunciato il suicidio; minaccia di uccidere i figli.'],
    ['Romanian', 'A amenințat că se va sinucide, viața copilului este în pericol.'],
    ['Turkish', 'Şahıs intihar edeceğini yazdı, hayati tehlike var.'],
    ['Turkish', 'ÇOCUK KAÇIRILDI'],
    ['Polish', 'Sprawca grozi, że zabije żonę; zagrożenie dla życia.'],
    ['Dutch', 'De verdachte dreigt zijn kinderen te vermoorden: levensgevaar.'],
    ['Russian', 'Подозреваемый угрожает убить детей, есть угроза их жизни.'],
    ['Ukrainian', 'Він погрожує вбити дитину, існує загроза життю.'],
    ['Bulgarian', 'Има опасност за живота на детето, заплаха за убийство.'],
    ['Greek', 'Υπάρχει κίνδυνος για τη ζωή του παιδιού. ΑΠΕΙΛΕΙ ΝΑ ΣΚΟΤΩΣΕΙ'],
    ['Arabic', 'هدد بالانتحار وهناك خطر على حياة الطفل'],
    ['Chinese', '嫌疑人扬言自杀，有生命危险。'],
    ['Japanese', '誘拐事件です。被害者の生命に危険があります。'],
  ])('%s: %s', (_language, text) => {
    expect(found(text)).toContain('life');
  });
});

describe('what is no risk to life', () => {
  test.each([
    ['Portuguese for "good"', 'Bom dia, obrigado pela resposta.'],
    ['a seizure of evidence in Italian', 'Si trasmette il decreto di sequestro probatorio.'],
    ['ransomware in Dutch', 'De server is met gijzelsoftware versleuteld.'],
    ['stolen data in Russian', 'Данные клиентов похищены неизвестными.'],
    ['the end of a process', 'The malware has a kill switch and kills the antivirus process.'],
    ['a town', 'An account in Bombay, mortgage fraud.'],
    ['a murder of the past', 'The murder case of 2019 is closed.'],
    ['basic settings in Czech', 'Základní nastavení systému'],
    ['removal in French', "l'enlèvement du paquet"],
  ])('%s', (_what, text) => {
    expect(found(text)).not.toContain('life');
  });
});

describe('"not urgent" is said, and "urgent" is not, in', () => {
  test.each([
    'This is not urgent.',
    "It isn't urgent. It is not an emergency.",
    'Non-urgent request',
    "Ce n'est pas urgent.",
    'Aucune urgence, sans urgence.',
    'No es urgente.',
    'Não urgente.',
    'NAO É URGENTE',
    'Es ist kein Notfall und nicht dringend.',
    'Die Sache eilt nicht.',
    'Non è urgente.',
    'Nu este urgent.',
    'Acil değildir.',
    'ACİL DEĞİLDİR',
    'Acil bir durum değildir.',
    'To nie jest pilne.',
    'Het is niet dringend, geen spoed.',
    'Это не срочно.',
    'Це не терміново.',
    'Не е спешно.',
    'Δεν είναι επείγον.',
    'الأمر غير عاجل',
    '此事不紧急。',
    '緊急ではありません。',
  ])('%s', (text) => {
    expect(found(text)).toEqual(['not_urgent']);
  });
});

describe('"urgent" is said in', () => {
  test.each([
    'URGENT request',
    'Demande urgente',
    'Solicitud urgente, lo antes posible',
    'Pedido com urgência',
    'Dringend! Bitte eilig bearbeiten.',
    'Richiesta urgentissima',
    'Cerere urgentă',
    'ACİL: lütfen cevap veriniz',
    'Pilne!',
    'Spoedverzoek',
    'Срочно',
    'Терміново',
    'Спешно искане',
    'ΕΠΕΙΓΟΝ',
    'طلب عاجل',
    '紧急请求',
    '至急お願いします',
  ])('%s', (text) => {
    expect(found(text)).toContain('urgent');
    expect(found(text)).not.toContain('not_urgent');
  });

  test('and once said, a "not urgent" elsewhere does not take it back', () => {
    expect(found('URGENT. The second question is not urgent.')).toEqual(['not_urgent', 'urgent']);
    expect(found('紧急。第二个问题不紧急。')).toEqual(['not_urgent', 'urgent']);
  });
});

describe('nothing is claimed by', () => {
  test.each([
    'The office is closed. In urgent cases call +1 555 0199.',
    'CERT: Computer Emergency Response Team of Norland',
    "En cas d'urgence, appelez le +1 555 0160.",
    'Acil durumlarda +1 555 0133',
    'If it is not urgently preserved it is gone.',
    'This is not a drill.',
    'Dosyayı açın ve açıklamayı okuyun.',
    'Abra la ventana emergente.',
  ])('%s', (text) => {
    const claims = found(text).filter((name) => name !== 'neutral');
    expect(claims).toEqual([]);
  });
});

describe('the other classes are found in', () => {
  test.each([
    ['infrastructure', 'Ransomware against a water utility; the pumps are stopped.'],
    ['infrastructure', 'Une cyberattaque vise un hôpital.'],
    ['infrastructure', 'Cyberangriff auf das Stromnetz'],
    ['custody', 'The suspect is in custody until tomorrow.'],
    ['custody', 'Haftprüfung morgen um 9 Uhr'],
    ['custody', 'Şüpheli gözaltındadır.'],
    ['data_loss', 'The provider deletes connection logs after seven days.'],
    ['data_loss', 'Los registros se borran a los 10 días.'],
    ['data_loss', "L'attaque est en cours."],
    ['data_loss', 'Данные будут удалены завтра.'],
    ['locate', 'Please identify the suspect and his whereabouts.'],
    ['locate', 'Prosimy o ustalenie miejsca pobytu sprawcy.'],
    ['test', '24/7 Network: ping test, please reply'],
    ['test', 'Ceci est un exercice.'],
  ])('%s: %s', (name, text) => {
    expect(found(text)).toContain(name);
  });
});
