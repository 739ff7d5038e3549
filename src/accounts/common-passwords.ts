// The passwords that everybody tries first, of eight characters and more. Guessing lists agree on their make: a few hundred
// words, each alone, doubled, or with the same few endings. So the words and endings are kept, and the list is made of them.

const words = `
password passwort motdepasse contrasena wachtwoord senha parola letmein welcome willkommen bienvenue login admin
administrator root user guest test tester testing default changeme change secret master access system server
computer internet network windows microsoft google facebook twitter youtube instagram linkedin amazon apple iphone android samsung
marquee ticket tickets cinema theater theatre movie movies concert arena qwerty qwertz azerty asdf asdfgh asdfghjkl zxcv
zxcvbn zxcvbnm qazwsx qazwsxedc qweasd qweasdzxc qwer qwert abc abcd abcde abcdef abcdefg abcdefgh abcxyz aaaa
iloveyou loveyou lovely lover love forever princess prince queen king angel angels babygirl babyboy baby sunshine moonlight
starlight rainbow butterfly flower flowers rose daisy lily jasmine violet heaven hello hello1 goodbye happy smile
monkey dragon tiger tigger lion panther eagle falcon phoenix wolf bear panda puppy kitten kitty doggy dolphin
shark turtle chicken horse pony rabbit snake spider scorpion cobra jaguar cheetah buster bailey buddy charlie
max lucky shadow pepper ginger cookie chocolate candy cupcake banana orange apple cherry strawberry peaches pumpkin
coffee cheese pizza burger whiskey tequila
football baseball basketball soccer hockey tennis golf golfer cricket rugby softball volleyball swimming runner skater
skateboard snowboard surfing fishing hunting hunter racing ferrari porsche mercedes bmw audi honda toyota nissan mustang
corvette camaro chevrolet chevy harley yamaha kawasaki suzuki ducati
liverpool arsenal chelsea manchester barcelona realmadrid juventus milan bayern dortmund celtic rangers everton tottenham
yankees redsox cowboys steelers packers lakers patriots raiders broncos eagles giants dodgers braves cardinals
superman batman spiderman ironman hulk avenger avengers wolverine deadpool joker starwars skywalker vader yoda jedi startrek
matrix gandalf frodo hobbit harrypotter hogwarts pokemon pikachu naruto sasuke goku dragonball minecraft fortnite roblox
callofduty halo warcraft diablo starcraft zelda mario sonic tetris gamer playstation nintendo xbox
michael michelle jessica jennifer jordan ashley amanda andrew anthony daniel danielle david matthew joshua justin
nicole nicholas robert thomas thompson william charles richard patrick steven stephanie samantha sandra sarah sabrina
alexander alexandra alexandre alexis alejandro andrea angela angelica barbara benjamin brandon brian britney brittany
carlos carolina caroline catherine chelsea chris christian christina christine christopher claudia courtney cynthia
diana dennis dominic douglas edward eduardo elizabeth eric felipe fernando francis francisco frank gabriel gabriela george
gregory hannah heather isabella jackson jacob james jason jasmin jeremy jonathan joseph junior karina katherine
kimberly kevin laura lauren leonardo lucas maria mariana marie marina martin martha melanie melissa miguel monica
natalia natalie natasha nathan oliver olivia pamela patricia peter philip rachel rebecca ricardo roberto ronaldo
sebastian sergio sophie spencer stella taylor teresa tiffany timothy valentina valeria vanessa veronica victor victoria vincent
virginia walter zachary
america american australia brazil canada england france germany deutschland italia italy espana spain mexico
russia india pakistan china japan london paris berlin newyork chicago boston dallas denver detroit houston
florida california texas hawaii
january february march april may june july august september october november december monday tuesday
wednesday thursday friday saturday sunday spring summer autumn winter
money dollar million business company freedom liberty justice power magic mystery legend warrior soldier killer
ninja pirate cowboy captain maverick hacker trustno thunder lightning storm hurricane fire phantom ghost demon
devil lucifer satan jesus jesuschrist christ blessed blessing faith trinity genesis godbless michaeljackson
metallica slipknot nirvana linkinpark beatles blink eminem rockstar guitar music musica
blue red green black white yellow purple silver golden diamond crystal emerald platinum whatever nothing
something anything friends friend family mother father mommy daddy brother sister bestfriend sexy sexygirl
hottie gorgeous beautiful handsome sweet sweety sweetie honey lollipop teddybear hellokitty snoopy garfield mickey
minnie scooby winnie simpsons homer bart
computer1 school student teacher college university doctor nurse police fireman dancer dance singer
airborne marine marines army navy airforce
`;

const endings =
  "1 2 3 7 9 0 01 10 11 12 13 21 22 23 33 44 55 66 69 77 88 99 00 007 101 111 123 1234 12345 123456 321 420 666 777 999 000 abc ! !! 1! 123! . * # @ @1 @123 _ _1 1990 1991 1992 1993 1994 1995 1996 1997 1998 1999 2000 2001 2002 2010 2012 2015 2018 2019 2020 2021 2022 2023 2024 2025 2026 2027";

const others = `
1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx 1qaz2wsx3edc 1qazxsw2 2wsx3edc q1w2e3r4 q1w2e3r4t5 zaq12wsx zaq1zaq1 zaq1xsw2 a1b2c3d4
a1b2c3d4e5 a123456789 a1234567 a12345678 a123456a aa123456 aa12345678 ab123456 abc12345 abcd1234 abcd12345 abcde12345 abc123abc abc123456
123456789a 12345678a 1234567a 123456abc 123456qwerty 123456aa 123qweasd 123qwe123 123qwe123qwe 123qweasdzxc qwe123456 qwe12345 qwert12345
1234qwer 12345qwert qwer1234 qwer12345 qwerty12345678 asdf1234 asdf12345 asd123456 asd12345 zxc123456 zxcv1234 zxcvb12345 asdfasdf
12341234 12344321 123123123 123321123 12312312 11223344 1122334455 112233445566 11112222 111222333 1111222233334444 1212121212 12121212
13131313 14141414 10101010 20202020 20012001 19901990 19921992 00112233 01010101 01020304 0102030405 01234567 012345678 0123456789 09876543
0987654321 987654321 9876543210 98765432 87654321 147258369 1472583690 147852369 14789632 159357456 159753456 15975346 741852963 789456123
7894561230 789456123a 963852741 951753852 369258147 258456357 31415926 3141592653 27182818 24682468 13579246 1357924680 135792468 246813579
55667788 66778899 18181818 25252525 52013140 5201314520 1314520520 woaini1314 woaini520 woaini123 p@ssw0rd p@ssword pa55word pa55w0rd passw0rd
letmein1 letmein12 letmein123 trustno1 whatever1 starwars1 iloveyou1 iloveyou2 iloveyou12 iloveu12 ihateyou iloveme1 fuckyou1 fuckyou2 fuckoff1
fuckyou123 fuckyouall asshole1 bullshit1 startfinding changeme1 changeit administrator1 adminadmin admin1234 admin12345 rootroot toortoor passpass testtest
test1234 test12345 testpassword password1234 passwordpassword mypassword mypass123 newpassword yourpassword nopassword thepassword password! letmeinnow
opensesame openthedoor correcthorse correcthorsebatterystaple qwertyqwerty qwertyui qwertyuiop1 qwertyuiop123 poiuytrewq lkjhgfdsa mnbvcxz1 mnbvcxzlkj
1234567890q q123456789 q1234567 w123456789 z123456789 s123456789 m123456789 d123456789 k123456789 qq123456 qq123456789 ww123456 zz123456 xx123456
`;

/** A few tens of thousands of common passwords, in lower case, made in about ten milliseconds. */
export function commonPasswords(): ReadonlySet<string> {
  const list = (text: string) => text.trim().split(/\s+/);
  const found = new Set(list(others));
  const ends = list(endings);
  const add = (password: string) => void (password.length >= 8 && found.add(password));
  for (const word of list(words)) {
    add(word);
    add(word + word);
    for (const end of ends) add(word + end);
    for (const start of ["1", "123", "my", "the", "i"]) add(start + word);
  }
  return found;
}
