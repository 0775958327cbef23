/// Everyday words to make sentences of, by language. The lists are our own; their order means
/// nothing.
enum Words {
  static let english = split(
    """
    the of and to in that it is was for on are as with they at be this have from or had by but
    some what there we can out other were all your when up use how said each she which their
    time will way about many then them would write like so these her long make thing see him
    two has look more day could go come did number sound no most people my over know water
    than call first who may down side been now find any new work part take get place made live
    where after back little only round man year came show every good me give our under name
    very through just form sentence great think say help low line differ turn cause much mean
    before move right boy old too same tell does set three want air well also play small end
    put home read hand port large spell add even land here must big high such follow act why
    ask change went light kind off need house picture try us again animal point mother world
    near build self earth father head stand own page should country found answer school grow
    study still learn plant cover food sun four between state keep eye never last let thought
    city tree cross farm hard start might story saw far sea draw left late run while press
    close night real life few north open seem together next white children begin got walk
    example ease paper group always music those both mark often letter until mile river car
    feet care second book carry took science eat room friend began idea fish mountain stop
    once base hear horse cut sure watch colour face wood main enough plain girl usual young
    ready above ever red list though feel talk bird soon body dog family direct leave song
    measure door product black short numeral class wind question happen complete ship area
    half rock order fire south problem piece told knew pass since top whole king space heard
    best hour better during hundred five remember step early hold west ground interest reach
    fast verb sing listen six table travel less morning ten simple several vowel toward war
    lay against pattern slow centre love person money serve appear road map rain rule govern
    pull cold notice voice unit power town fine certain fly fall lead cry dark machine note
    wait plan figure star box noun field rest correct able pound done beauty drive stood
    contain front teach week final gave green quick develop ocean warm free minute strong
    special mind behind clear tail produce fact street inch multiply nothing course stay wheel
    full force blue object decide surface deep moon island foot system busy test record boat
    common gold possible plane instead dry wonder laugh thousand ago ran check game shape
    equate hot miss brought heat snow tire bring yes distant fill east paint language among
    """)

  static let german = split(
    """
    der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es
    an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so
    zum war haben nur oder aber vor zur bis mehr durch man sein wurde sei kann gegen vom
    können schon wenn habe seine ihre dann unter wir soll ich eines Jahr zwei Jahre diese
    dieser wieder keine Uhr seiner worden will zwischen immer Millionen was sagte gibt alle
    seit muss doch jetzt drei ihr neue ohne Zeit hatte etwa ihrer wurden während damit selbst
    allem Tag viele wo machen sehr Frage heute Weg Haus Stadt Leben Kind Hand Seite Wasser
    Land Welt Arbeit Auge Kopf Woche Monat Mutter Vater Schule Buch Brief Freund Familie
    Straße Abend Morgen Nacht Geld Name Platz Stunde Minute Ende Anfang Beispiel Bild Wort
    Satz Sprache Antwort Problem Lösung Zahl Teil Gruppe Form Art Grund Fall Recht Kraft Licht
    Luft Feuer Erde Sonne Mond Stern Himmel Wald Baum Blume Tier Hund Katze Vogel Fisch Pferd
    Brot Milch Käse Apfel Tisch Stuhl Bett Tür Fenster Wand Dach Garten Küche Zimmer Auto Zug
    Schiff Rad Flugzeug Bahnhof gut groß klein neu alt lang kurz hoch tief weit nah schnell
    langsam hell dunkel warm kalt leicht schwer stark schwach schön rot blau grün gelb weiß
    schwarz erste letzte nächste ganz halb voll leer offen gehen kommen sehen hören sagen
    fragen antworten schreiben lesen lernen arbeiten spielen essen trinken schlafen wohnen
    leben lieben denken glauben wissen kennen finden suchen nehmen geben bringen holen stellen
    legen setzen sitzen stehen liegen laufen fahren fliegen helfen zeigen öffnen schließen
    beginnen enden bleiben brauchen hoffen versuchen verstehen vergessen erzählen erklären
    kaufen verkaufen zahlen rechnen messen bauen kochen backen waschen danke bitte gern
    vielleicht natürlich genau einfach sofort später früher oft manchmal nie überall hier dort
    oben unten links rechts innen außen zusammen allein wirklich ziemlich besonders eigentlich
    deshalb trotzdem außerdem jedoch obwohl weil damals gestern übermorgen Rezept Wetter
    Urlaub Reise Musik Film Spiel Sport Farbe Preis Plan Idee Meinung Fehler Regel Text Liste
    Tabelle Programm Rechner Datei
    """)

  static let spanish = split(
    """
    de la que el en y a los se del las un por con no una su para es al lo como más o pero sus
    le ha me si sin sobre este ya entre cuando todo esta ser son dos también fue había era muy
    años hasta desde está mi porque qué sólo han yo hay vez puede todos así nos ni parte tiene
    él uno donde bien tiempo mismo ese ahora cada vida otro después te otros aunque esa eso
    hace otra gobierno tan durante siempre día tanto ella tres sí dijo sido gran país según
    menos mundo año antes estado contra sino forma caso nada hacer general estaba poco estos
    mayor ante unos les algo hacia casa ellos ayer hecho primera mucho mientras además quien
    momento millones esto España hombre están pues hoy lugar nacional trabajo otras mejor
    nuevo decir algunos entonces todas días debe política cómo casi toda tal luego pasado
    primer medio va estas sea tenía nunca poder aquí ver veces embargo partido personas grupo
    cuenta pueden tienen misma nueva cual fueron mujer frente tras cosas fin ciudad he social
    tener será historia muchos juego escuela libro carta amigo familia calle noche mañana
    tarde semana mes hora minuto agua fuego tierra aire sol luna estrella cielo mar río
    montaña bosque árbol flor animal perro gato pájaro pez caballo pan leche queso manzana
    mesa silla cama puerta ventana pared techo jardín cocina cuarto coche tren barco avión
    bueno grande pequeño viejo largo corto alto bajo lejos cerca rápido lento claro oscuro
    caliente frío fácil difícil fuerte débil bonito rojo azul verde amarillo blanco negro
    primero último próximo lleno vacío abierto ir venir oír preguntar responder escribir leer
    aprender trabajar jugar comer beber dormir vivir amar pensar creer saber conocer encontrar
    buscar tomar dar traer poner sentar estar correr volar ayudar mostrar abrir cerrar empezar
    terminar quedar necesitar esperar intentar entender olvidar contar explicar comprar vender
    pagar medir construir cocinar lavar gracias favor quizás exactamente simple pronto
    temprano idea plan precio regla texto lista tabla programa archivo error solución
    respuesta pregunta ejemplo palabra frase lengua número color música película viaje receta
    """)

  static let french = split(
    """
    de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il
    sont avec son ou aux sa mais on cette comme été ont fait nous ses ces leur deux être même
    elle bien sans peut tous après ans encore tout avait lui où vous donc si leurs contre
    aussi moins très autres ils dont jour avant depuis rien mon pays je temps sous peu était
    trois autre fois entre cela notre toute faut grand toujours alors chez celui selon vers
    quand heure monde vie jamais moi trop homme maison travail chose part main tête eau terre
    feu air soleil lune étoile ciel mer rivière montagne forêt arbre fleur animal chien chat
    oiseau poisson cheval pain lait fromage pomme table chaise lit porte fenêtre mur toit
    jardin cuisine chambre voiture train bateau avion bon petit nouveau vieux long court haut
    bas loin près rapide lent clair sombre chaud froid facile difficile fort faible beau rouge
    bleu vert jaune blanc noir premier dernier prochain plein vide ouvert aller venir voir
    entendre dire demander répondre écrire lire apprendre travailler jouer manger boire dormir
    habiter vivre aimer penser croire savoir connaître trouver chercher prendre donner
    apporter mettre poser asseoir courir voler aider montrer ouvrir fermer commencer finir
    rester attendre essayer comprendre oublier raconter expliquer acheter vendre payer mesurer
    construire cuire laver merci peut-être bientôt tard tôt idée plan prix règle texte liste
    tableau programme fichier erreur solution réponse question exemple mot phrase langue
    nombre couleur musique film voyage recette école livre lettre ami famille rue soir matin
    nuit semaine mois minute argent place début fin groupe forme raison cas droit force
    lumière côté point ligne page histoire image signe mère père frère sœur enfant fille
    garçon femme ville village État gens personne besoin envie parole corps cœur esprit voix
    œil pied doigt bras
    """)

  static let russian = split(
    """
    и в не на я быть он с что а по это она этот к но они мы весь который из у свой вы так за
    от мочь то ещё один о год для бы до такой только тот себя другой как сказать говорить
    когда уже знать если время человек рука самый день стать два жизнь первый очень новый дело
    раз после работа можно сам даже глаз там более слово потом место лицо друг хотеть без ли
    какой жить потому каждый под идти стоять дом вопрос наш сторона страна мир случай голова
    ребёнок сила конец вид система часть город отношение женщина деньги земля машина вода отец
    проблема час право нога решение дверь образ история власть закон война голос тысяча книга
    возможность результат ночь стол имя область статья число компания народ жена группа
    развитие процесс суд утро мать письмо школа язык семья улица вечер неделя месяц минута
    огонь воздух солнце луна звезда небо море река гора лес дерево цветок животное собака
    кошка птица рыба лошадь хлеб молоко сыр яблоко стул кровать окно стена крыша сад кухня
    комната поезд корабль самолёт хороший большой маленький старый длинный короткий высокий
    низкий далеко близко быстрый медленный светлый тёмный тёплый холодный лёгкий трудный
    сильный слабый красивый красный синий зелёный жёлтый белый чёрный последний следующий
    полный пустой открытый прийти видеть слышать спросить ответить писать читать учить
    работать играть есть пить спать любить думать верить найти искать взять дать принести
    положить сидеть бежать лететь помочь показать открыть закрыть начать остаться ждать
    пробовать понять забыть рассказать объяснить купить продать платить строить готовить мыть
    спасибо пожалуйста может конечно просто скоро поздно рано идея план цена правило текст
    список таблица программа файл ошибка ответ пример фраза цвет музыка фильм путешествие
    погода рецепт
    """)

  private static func split(_ text: String) -> [[UInt8]] {
    text.split { $0 == " " || $0 == "\n" }.map { Array($0.utf8) }
  }
}
