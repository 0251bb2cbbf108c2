"""Words of a news site's chrome in the six languages: the only list of phrases the page reader has.

A phrase is compared with a whole line, small letters, without counters and punctuation at its ends;
one that ends in `*` is compared with the line's beginning. Structure decides first; these words are
for what structure cannot tell.
"""

# From here on nothing of the story follows.
AFTER_STORY: dict[str, str] = {
    "en": """
        newsfeed | news feed | chats | chat | comments | leave a comment | post a comment |
        to participate in the discussion* | log in or register* | sign in or register* |
        log in to comment* | sign in to comment* | register or log in* | related | related news |
        related articles | related stories | related links | related topics | more stories |
        more news | more on this* | most read | most popular | popular | trending | top news |
        top stories | latest news | latest | recommended | recommended for you |
        also in this section | you may also like | you might also like | editor's picks |
        all rights reserved* | terms of use* | privacy policy* | we use cookies* |
        this site uses cookies* | this website uses cookies* | by using this site* | cookie* |
        about us | contact us | back to top | sitemap | site map | our newsletter* |
        sign up for* | follow us* | read next | next story | in other news""",
    "de": """
        newsticker | nachrichtenticker | kommentare* | kommentar schreiben |
        um an der diskussion teilzunehmen* | anmelden oder registrieren* | melden sie sich an* |
        mehr zum thema | verwandte artikel | verwandte themen |
        das könnte sie auch interessieren* | meistgelesen | auch interessant |
        alle rechte vorbehalten* | impressum | datenschutz* | wir verwenden cookies* |
        diese website verwendet cookies* | diese seite verwendet cookies* | nach oben | über uns |
        kontakt | weitere meldungen | weitere artikel | aktuelle nachrichten""",
    "fr": """
        fil d'actualité | fil info | commentaires | laisser un commentaire | discussions |
        pour participer à la discussion* | connectez-vous ou inscrivez-vous* | identifiez-vous* |
        connectez-vous pour* | à lire aussi | articles liés | sur le même sujet | les plus lus |
        tous droits réservés* | mentions légales | nous utilisons des cookies* |
        ce site utilise des cookies* | haut de page | qui sommes-nous | contact | nous contacter |
        plus d'actualités | dernières nouvelles | politique de confidentialité*""",
    "es": """
        últimas noticias | noticias relacionadas | comentarios | dejar un comentario | charlas |
        para participar en la discusión* | para participar en el debate* | inicie sesión o* |
        inicia sesión o* | artículos relacionados | te puede interesar | lo más leído |
        más noticias | más leídas | todos los derechos reservados* | política de privacidad* |
        utilizamos cookies* | este sitio utiliza cookies* | este sitio usa cookies* |
        aviso legal | volver arriba | quiénes somos | contacto""",
    "ru": """
        лента новостей | лента | чаты | чат | комментарии | обсуждения | оставить комментарий |
        чтобы участвовать в дискуссии* | чтобы принять участие в дискуссии* |
        войдите или зарегистрируйтесь* | авторизуйтесь или* | авторизуйтесь, чтобы* |
        читайте также | по теме | материалы по теме | похожие материалы | самое читаемое |
        популярное | рекомендуем | главные новости | все права защищены* |
        пользовательское соглашение* | мы используем файлы cookie* | мы используем cookie* |
        этот сайт использует* | политика конфиденциальности* | о нас | контакты | наверх |
        другие новости | новости по теме""",
    "ar": """
        شريط الأخبار | المحادثات | التعليقات | تعليقات | للمشاركة في النقاش* |
        للمشاركة في المناقشة* | سجل الدخول أو* | قم بتسجيل الدخول* | مواضيع ذات صلة |
        أخبار ذات صلة | الأكثر قراءة | جميع الحقوق محفوظة* | كل الحقوق محفوظة* | سياسة الخصوصية* |
        نستخدم ملفات تعريف الارتباط* | يستخدم هذا الموقع* | من نحن | اتصل بنا | آخر الأخبار |
        إلى الأعلى""",
}

# Stands in or around the story and is never part of it.
NEVER_STORY: dict[str, str] = {
    "en": """
        subscribe | subscribed | unsubscribe | subscribe to* | share | share this* | share on* |
        print | print this | email | email this | send | copy link | link copied* | save | tweet |
        like | loading* | loader | please wait* | menu | search | home | log in | login |
        sign in | sign up | register | log out | advertisement | ad | sponsored | font size* |
        listen | listen to this* | play | watch | close | open | show more | more | read more* |
        read also* | see also* | next | previous | prev | back | your text here* | enter text* |
        enter your text* | type here* | type your message* | text here | lorem ipsum* |
        write a comment* | no new* | unread | new | skip to content | skip to main content |
        accept | accept all | reject all | got it | ok | tags | topics | follow | following |
        favourites | bookmark | photo | video | enlarge | headline of the opened* |
        title of the opened* | news | live | on air | reply | edit | delete""",
    "de": """
        abonnieren | newsletter abonnieren* | teilen | drucken | weiterleiten | laden* |
        wird geladen* | bitte warten* | menü | suche | startseite | anmelden | registrieren |
        anzeige | werbung | schriftgröße | mehr | weiterlesen* | lesen sie auch* | zurück |
        weiter | text eingeben* | ihr text hier* | geben sie* | zum inhalt springen |
        akzeptieren | alle akzeptieren | vorlesen | zum thema | schlagwörter | themen |
        link kopieren""",
    "fr": """
        s'abonner | abonnez-vous* | partager | imprimer | envoyer | chargement* | en cours de* |
        veuillez patienter* | recherche | rechercher | accueil | connexion | se connecter |
        s'inscrire | publicité | lire la suite* | lire aussi* | voir aussi* | suivant |
        précédent | retour | saisissez* | entrez votre* | votre texte ici* | aller au contenu |
        accepter | tout accepter | tout refuser | copier le lien | écouter | mots-clés""",
    "es": """
        suscribirse | suscríbete* | suscríbase* | compartir | imprimir | enviar | cargando* |
        por favor espere* | menú | buscar | inicio | iniciar sesión | registrarse | publicidad |
        leer más* | lea también* | lee también* | ver también* | siguiente | anterior | volver |
        introduzca* | introduce* | escriba* | su texto aquí* | ir al contenido | aceptar |
        aceptar todo | copiar enlace | escuchar | etiquetas""",
    "ru": """
        подписаться | подписаться на* | подписка | поделиться | печать | распечатать | отправить |
        загрузка* | загружается* | подождите* | меню | поиск | главная | войти | вход |
        регистрация | зарегистрироваться | реклама | размер шрифта | ещё | еще | подробнее* |
        читать далее* | читать также* | далее | назад | введите* | ваш текст* | текст здесь |
        заголовок открываемого* | заголовок материала* | закрыть | показать ещё* | показать еще* |
        скопировать ссылку | слушать | теги | темы | фото | видео | новое | непрочитанные |
        в избранное | принять""",
    "ar": """
        اشترك | الاشتراك | اشتراك | مشاركة | شارك | طباعة | إرسال | جار التحميل* | جاري التحميل* |
        تحميل* | القائمة | بحث | الرئيسية | تسجيل الدخول | دخول | تسجيل | إعلان | المزيد |
        اقرأ المزيد* | اقرأ أيضا* | أدخل النص* | أدخل* | اكتب هنا* | نصك هنا* | السابق | التالي |
        إغلاق | موافق | نسخ الرابط | استمع""",
}

# Chrome that is also an ordinary word: one of these alone does not make a file a saved page.
WEAK = """
    news | live | video | photo | more | next | back | like | save | open | close | play |
    watch |
    topics | tags | home | chat | chats | related | latest | popular | trending | new | ok | reply |
    edit | delete | follow | following | email | print | comments | recommended | listen |
    enlarge |
    contact us | about us | latest news | top stories | background | kontakt | mehr |
    weiter | themen |
    anzeige | contact | suivant | retour | inicio | contacto | siguiente | далее | назад | видео |
    фото | теги | темы | контакты | лента | новое | по теме | المزيد | التالي | السابق | إعلان"""

# First parts of a breadcrumb, which are no section.
HOMES = """
        home | main | front page | news | startseite | start | accueil | à la une | inicio |
        portada | главная | новости | الرئيسية | الصفحة الرئيسية"""

# Names of sections that are known without a breadcrumb.
SECTIONS = """
        world | politics | business | economy | sport | sports | culture | science | society |
        technology | europe | asia | africa | americas | middle east | opinion | health |
        environment | regions | balkans | welt | politik | wirtschaft | kultur | wissenschaft |
        gesellschaft | ausland | inland | monde | politique | économie | société | international |
        mundo | política | economía | cultura | sociedad | deportes | internacional | мир |
        в мире | политика | экономика | общество | культура | спорт | наука | العالم | عالم |
        سياسة | اقتصاد | رياضة | ثقافة | مجتمع"""

# A line that begins so is a caption or a picture credit.
CAPTIONS = """
        photo: | photos: | picture: | image: | caption: | photo by | © | (c) | foto: | bild: |
        bildquelle: | photo : | image : | crédit : | légende : | imagen: | pie de foto: | фото: |
        снимок: | на фото: | صورة: | الصورة: | photograph: | file photo"""
